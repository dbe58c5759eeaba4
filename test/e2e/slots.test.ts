import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/app/system-clock.ts';
import type { LateAnswer } from '../../src/app/ports/late-answers-port.ts';
import type { OwnershipChanges } from '../../src/app/ports/ownership-port.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { startBot } from '../../src/bot/start-bot.ts';
import type { Bot } from '../../src/bot/start-bot.ts';
import { OPERATOR_ACCOUNTS_BY_SLOT, guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import { accountSchema, rebuildAccount } from '../../src/domain/ledger/account.ts';
import { operatorMoneyOf } from '../../src/domain/ledger/money-sides.ts';
import { ALL_SLOTS, slotOf } from '../../src/domain/slots.ts';
import { openRecordSchema } from '../../src/domain/tasks/task.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import type { SqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { configOf } from '../config/environment.ts';
import { recordingLog } from '../fakes/log.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, hasClip } from './video-call.ts';

/** One of two bots in this process, which share one store; a test says which of them has the guild. */
interface Member {
  readonly bot: Bot;
  readonly changes: OwnershipChanges;
  /** Refuses every write that has not begun, as the database refuses those of a member that is gone. */
  readonly fence: () => Promise<void>;
}

let testbed: BotTestbed;
let records: SqliteRecords;
let members: readonly Member[];
let late: LateAnswer[];
let stopping: AbortController;

beforeEach(async () => {
  testbed = await openTestbed({
    // A task has to last, so that its server is lost in its midst.
    providers: { quick: true, taskMs: 120 },
    env: { STORE_URL: '', SECRET_KEY: '', SHUTDOWN_SECONDS: '1' },
  });
  records = await openSqliteRecords(join(testbed.folder, 'shared.sqlite'));
  late = [];
  stopping = new AbortController();
  members = [await startMember('first', [...ALL_SLOTS]), await startMember('second', [])];
});

afterEach(async () => {
  stopping.abort();
  await Promise.all(members.map(async ({ bot }) => bot.stop()));
  await records.close();
  await testbed.close();
});

/** Writes of one member, with a gap between the call and the disk in which it can be fenced. */
function fencedRecords() {
  let epoch = 0;
  const writing = new Set<Promise<void>>();
  const write: RecordStore['write'] = async (...given) => {
    const own = epoch;
    await nextTurn();
    if (own !== epoch) throw new Error('this process is no member any more');
    const written = records.write(...given);
    const ended = written.then(
      () => undefined,
      () => undefined,
    );
    writing.add(ended);
    await written.finally(() => writing.delete(ended));
  };
  return {
    store: {
      ...records,
      write,
      remove: async (keys: readonly string[]) => write([], keys),
      // It is closed when both have stopped.
      close: async () => undefined,
    },
    fence: async () => {
      epoch += 1;
      await Promise.all(writing);
    },
  };
}

async function startMember(name: string, slots: readonly number[]): Promise<Member> {
  const { store, fence } = fencedRecords();
  const told: OwnershipChanges[] = [];
  const env = { ...testbed.env, STORE_URL: `sqlite://${join(testbed.folder, `${name}.sqlite`)}` };
  const lifecycle = { stopping: stopping.signal, onFatal: () => undefined };
  const bot = await startBot(configOf(env), recordingLog(), lifecycle, {
    clock: systemClock,
    openRecords: async () => store,
    sharing: {
      source: {
        isValidFor: () => true,
        async begin(changes) {
          told.push(changes);
          if (slots.length > 0) await changes.onGained(slots);
        },
      },
      lateAnswers: {
        async keep(answer) {
          late.push(answer);
        },
      },
      operator: OPERATOR_ACCOUNTS_BY_SLOT,
    },
  });
  const [changes] = told;
  if (changes === undefined) throw new Error('nothing tells the changes');
  return { bot, changes, fence };
}

const slotOfGuild = (): number => slotOf(testbed.discord.guildId);

async function handOver(from: Member | undefined, to: Member | undefined): Promise<void> {
  await from?.changes.release(slotOfGuild());
  await to?.changes.onGained([slotOfGuild()]);
}

async function lose(from: Member | undefined, to: Member | undefined): Promise<void> {
  void from?.changes.onLost([slotOfGuild()]);
  await from?.fence();
  await to?.changes.onGained([slotOfGuild()]);
}

async function limitVideos(limit: string): Promise<void> {
  const { discord } = testbed;
  const admin = discord.member({ permissions: PERMISSION.manageGuild });
  const set = await admin.slash(discord.channelId, 'quota set server', {
    measure: 'videos',
    window: 'day',
    limit,
  });
  await set.acknowledged;
}

/** Passes late answers on, until no task is unfinished and none is left. */
async function untilDone(): Promise<void> {
  for (;;) {
    for (const answer of late.splice(0)) {
      const taken = await Promise.all(
        members.map(async ({ changes }) => changes.onLateAnswer(answer)),
      );
      if (!taken.includes(true)) late.push(answer);
    }
    const open = await records.keysUnder('open:');
    if (open.length === 0 && late.length === 0) return;
    await wait(20);
  }
}

async function storedTasks() {
  const keys = await records.keysUnder('task:');
  const values = await records.getMany(keys);
  return values.map((value) => openRecordSchema.parse(value));
}

/** The accounts of the guild and the operator against the tasks that there are. */
async function expectExactBooks(): Promise<void> {
  const tasks = await storedTasks();
  const { guildId } = testbed.discord;
  for (const [key, calendar] of [
    [guildAccountKey(guildId), 'guild'],
    [OPERATOR_ACCOUNTS_BY_SLOT.keyOf(guildId), 'operator'],
  ] as const) {
    const stored = accountSchema.parse(await records.get(key));
    const { day, week, month, total } = stored;
    const rebuilt = rebuildAccount(
      { day: day.key, week: week.key, month: month.key, total: total.key },
      tasks.map((task) => ({
        money: calendar === 'operator' ? operatorMoneyOf(task) : task.money,
        windowKeys: task.windows[calendar],
      })),
    );
    expect(z.encode(accountSchema, stored)).toEqual(z.encode(accountSchema, rebuilt));
  }
}

/** Each call by its prompt; those that nobody answered had no owner. */
type Calls = Map<string, InteractionHandle>;

async function callMany(calls: Calls, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const prompt = `A heron on ice, number ${calls.size}`;
    calls.set(prompt, await callVideo(testbed, prompt));
    await wait(5);
  }
}

type StoredTask = Awaited<ReturnType<typeof storedTasks>>[number];

function outcomeOf(task: StoredTask | undefined): string | undefined {
  return task?.stage.name === 'ended' ? task.stage.outcome.kind : undefined;
}

/** What is wrong with what a call came to, by its task and the creates of its prompt. */
function faultsOf(task: StoredTask | undefined, creates: number): string[] {
  const ended = outcomeOf(task);
  const isExpected = ['delivered', 'outcome-unknown', 'not-started'].includes(ended ?? '');
  return [
    ...(creates <= 1 ? [] : ['created twice']),
    ...(task !== undefined || creates === 0 ? [] : ['created without a task']),
    ...(task === undefined || isExpected ? [] : [`ended as ${ended}`]),
    // The answer of each create arrived, with its owner or late.
    ...(creates === 0 || ended === 'delivered' ? [] : ['made, but not delivered']),
  ];
}

const isPublic = (call: InteractionHandle): boolean =>
  call.acknowledgement()?.kind === 'deferred-message';

describe('a server that goes from one process to another and back, under load', () => {
  it('handed over: loses no task, makes and shows each once, and keeps its limit', async () => {
    const [first, second] = members;
    await limitVideos('30');
    const calls: Calls = new Map();
    for (let round = 0; round < 8; round += 1) {
      await callMany(calls, 6);
      await (round % 2 === 0 ? handOver(first, second) : handOver(second, first));
    }
    await untilDone();

    const begun = [...calls].filter(([, call]) => isPublic(call));
    expect(begun).toHaveLength(30);
    for (const [prompt, call] of begun) {
      const message = await call.waitFor(hasClip);
      expect(message.attachments).toHaveLength(1);
      expect(createsOf(testbed, prompt)).toHaveLength(1);
    }
    const others = [...calls].filter(([, call]) => !isPublic(call));
    expect(others.flatMap(([prompt]) => createsOf(testbed, prompt))).toEqual([]);
    await expectExactBooks();
  });

  it('lost: makes and shows nothing twice, holds what it cannot know, and keeps its limit', async () => {
    const [first, second] = members;
    await limitVideos('40');
    const calls: Calls = new Map();
    for (let round = 0; round < 10; round += 1) {
      await callMany(calls, 6);
      await (round % 2 === 0 ? lose(first, second) : lose(second, first));
    }
    await untilDone();

    const tasks = await storedTasks();
    expect(tasks.length).toBeGreaterThan(0);
    expect(tasks.length).toBeLessThanOrEqual(40);
    const faults: string[] = [];
    for (const [prompt, call] of calls) {
      const task = tasks.find(({ interactionId }) => interactionId === call.id);
      faults.push(...faultsOf(task, createsOf(testbed, prompt).length));
      if (outcomeOf(task) === 'delivered') await call.waitFor(hasClip);
    }
    expect(faults).toEqual([]);
    await expectExactBooks();
  });
});
