import { OWNS_ALL } from '../../../src/app/owns-all.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createGuildSettingsStore } from '../../../src/store/guilds/guild-settings-store.ts';
import { createNotices } from '../../../src/store/notices/notices.ts';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { moveBothSides, moveServerSide } from '../../../src/domain/ledger/money-sides.ts';
import { moneyAtStage } from '../../../src/domain/tasks/money-at-stage.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { deleteGuildData } from '../../../src/store/guilds/delete-guild-data.ts';
import { createGuildPresenceStore } from '../../../src/store/guilds/guild-presence-store.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { aTask, ended } from '../../fakes/a-task.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';
import { OPERATOR_ACCOUNT_KEY } from '../../../src/domain/ledger/account-key.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';

const KEY = randomBytes(32);
const GONE = '1400000000000000001';
const STAYS = '1400000000000000002';
const ADA = '1400000000000000011';
const BEN = '1400000000000000012';
const DELIVERED: Outcome = { kind: 'delivered', how: 'attachment' };
const RELEASE = { kind: 'release', assumed: false } as const;
const UNKNOWN: Outcome = { kind: 'outcome-unknown' };

/** What a process has over these records. */
function processOver(records: RecordStore) {
  const log = recordingLog();
  const clock = fakeClock(NOON);
  const cipher = createCipher(KEY);
  const ledger = aLedger(records, log);
  const guilds = createGuildSettingsStore({ records, clock, log });
  const active = { unfinished: 0, ofGuild: () => active.unfinished };
  const media = memoryMedia();
  const deps = { records, cipher, key: KEY, media, ledger, guilds, active };
  return {
    ...deps,
    tasks: createTaskStore({ records, ledger, cipher, clock, log }),
    notices: createNotices({
      ownership: OWNS_ALL,
      records,
      guilds,
      port: { post: async () => undefined },
      clock,
      log,
    }),
    looks: createGuildPresenceStore({ records, clock, log }),
    forget: async () => deleteGuildData(deps, GONE, NOON),
  };
}
type Process = ReturnType<typeof processOver>;

const priced = (number: number, guildId: string, memberId: string): Task =>
  aTask({
    id: String(1_500_000_000_000_000_000n + BigInt(number)),
    guildId,
    memberId,
    money: { state: 'reserved', amounts: { videos: 1n, seconds: 5n, cost: 1_000_000n } },
  });

async function run({ tasks }: Process, task: Task, outcome: Outcome): Promise<void> {
  await tasks.create(task);
  const stage = ended(outcome);
  await tasks.end({ ...task, stage, ...moneyAtStage(task, stage) }, task);
}

async function setUp(process: Process, guildId: string, offset: number): Promise<void> {
  await process.guilds.change(guildId, (settings) => ({ ...settings, finishPing: true }), {
    by: ADA,
    what: 'finish_ping',
    from: 'off',
    to: 'on',
  });
  await process.notices.providerPaused(guildId, {
    id: guildId,
    provider: 'jimmy',
    category: 'balance-spent',
  });
  await run(process, priced(offset, guildId, ADA), DELIVERED);
  await run(process, priced(offset + 1, guildId, BEN), DELIVERED);
  await run(process, priced(offset + 2, guildId, BEN), { kind: 'not-started' });
}

/** Two guilds with everything in them; the bot is missing from one. */
async function twoGuilds(): Promise<MemoryRecords> {
  const records = memoryRecords();
  const process = processOver(records);
  await setUp(process, STAYS, 100);
  await setUp(process, GONE, 200);
  await process.looks.save({ at: NOON, left: [GONE], returned: [] });
  return records;
}

/** A process's view of the disk: dead for good after so many effects, as by a kill between two. */
function dyingAfter(records: MemoryRecords, effects: number): RecordStore {
  let left = effects;
  const live = async (effect: () => Promise<void>): Promise<void> => {
    left -= 1;
    if (left < 0) throw new Error('the process was killed');
    return effect();
  };
  return {
    ...records,
    write: async (...given) => live(async () => records.write(...given)),
    remove: async (keys) => live(async () => records.remove(keys)),
  };
}

const about = (records: MemoryRecords, guildId: string): string[] =>
  [...records.byKey]
    .filter(([key, value]) => `${key} ${JSON.stringify(value)}`.includes(guildId))
    .map(([key]) => key)
    .toSorted();

describe('a guild that is forgotten', () => {
  it('leaves nothing but what the operator spent, and no other guild loses anything', async () => {
    const records = await twoGuilds();
    const others = about(records, STAYS);
    const operator = records.byKey.get(OPERATOR_ACCOUNT_KEY);
    expect(about(records, GONE).length).toBeGreaterThan(10);

    const process = processOver(records);
    const forgotten = await process.forget();
    expect(forgotten).toEqual({ tasks: 3, lines: 2, held: 0 });
    expect(process.media.deleted).toHaveLength(3);
    expect(about(records, GONE)).toEqual([]);
    expect([...records.byKey.keys()].filter((key) => key.includes('15000000000000002'))).toEqual(
      [],
    );
    expect(about(records, STAYS)).toEqual(others);
    expect(records.byKey.get(OPERATOR_ACCOUNT_KEY)).toEqual(operator);
    await expect(process.looks.known()).resolves.toEqual([STAYS]);
  });

  it('begins anew when it comes back, also in the memory of the same process', async () => {
    const records = await twoGuilds();
    const process = processOver(records);
    await process.guilds.get(GONE);
    await run(process, priced(300, GONE, ADA), DELIVERED);
    await process.forget();
    expect((await process.guilds.get(GONE)).finishPing).toBe(false);
    const task = priced(301, GONE, ADA);
    await process.tasks.create(task);
    const account = process.ledger.readCached(`account:guild:${GONE}`);
    expect(account?.total.used.videos).toBe(0n);
    expect(account?.total.reserved.videos).toBe(1n);
  });

  it('keeps what is held, without prompt and token, until an admin ends it', async () => {
    const records = await twoGuilds();
    const process = processOver(records);
    const held = priced(300, GONE, ADA);
    await run(process, held, UNKNOWN);
    await expect(process.forget()).resolves.toEqual({ tasks: 3, lines: 2, held: 1 });

    const after = processOver(records);
    const [task] = (await after.tasks.loadHeld(GONE, 100)).oldest;
    expect(task).toMatchObject({ id: held.id, money: { state: 'held' }, secrets: {} });
    expect(about(records, GONE)).toEqual([
      `absent:${GONE}`,
      `account:guild:${GONE}`,
      `account:member:${GONE}:${ADA}`,
      `held:${GONE}:${held.id}`,
      `journal:2026-11:${GONE}:${held.id}`,
      `member:${ADA}:${held.id}`,
      `task:${held.id}`,
    ]);
    await expect(after.forget()).resolves.toEqual({ tasks: 0, lines: 0, held: 1 });

    // It came back, and its admin released the hold.
    if (task === undefined) throw new Error('no held task');
    await after.tasks.save({ ...task, money: { state: 'released', assumed: false } }, task);
    const operator = after.ledger.readCached(OPERATOR_ACCOUNT_KEY);
    expect(operator?.total.held.videos).toBe(0n);
    expect(operator?.total.used.videos).toBe(4n);
    await expect(after.forget()).resolves.toEqual({ tasks: 1, lines: 1, held: 0 });
    expect(about(records, GONE)).toEqual([]);
  });

  it('keeps what is held for the operator alone, until he ends it', async () => {
    const records = await twoGuilds();
    const process = processOver(records);
    const held = priced(300, GONE, ADA);
    await run(process, held, UNKNOWN);
    const before = await process.tasks.get(held.id);
    if (before === undefined) throw new Error('no held task');
    const released = { ...before, ...moveServerSide(before, RELEASE) };
    await process.tasks.save(released, before);
    await expect(process.forget()).resolves.toEqual({ tasks: 3, lines: 2, held: 1 });

    const after = processOver(records);
    await expect(after.tasks.loadHeld(GONE, 100)).resolves.toEqual({ total: 0, oldest: [] });
    const [task] = await after.tasks.loadHeldForOperator();
    if (task === undefined) throw new Error('no held task');
    expect(task.id).toBe(held.id);
    await after.tasks.save({ ...task, ...moveBothSides(task, RELEASE) }, task);
    expect(after.ledger.readCached(OPERATOR_ACCOUNT_KEY)?.total.held.videos).toBe(0n);
    await expect(after.forget()).resolves.toEqual({ tasks: 1, lines: 1, held: 0 });
    expect(about(records, GONE)).toEqual([]);
  });

  it('is left alone while a task of it is unfinished', async () => {
    const records = await twoGuilds();
    const process = processOver(records);
    await process.tasks.create(priced(300, GONE, ADA));
    const before = about(records, GONE);
    await expect(process.forget()).resolves.toBeUndefined();
    expect(about(records, GONE)).toEqual(before);
  });

  it('keeps its accounts where somebody begins a video in the middle of it', async () => {
    const records = await twoGuilds();
    const process = processOver(records);
    process.active.unfinished = 1;
    await expect(process.forget()).resolves.toBeUndefined();
    expect(records.byKey.has(`account:guild:${GONE}`)).toBe(true);
    expect(records.byKey.has(`absent:${GONE}`)).toBe(true);
  });

  it('keeps its accounts whole where the store fails to delete them', async () => {
    const records = await twoGuilds();
    const { ledger } = processOver(records);
    const key = `account:guild:${GONE}`;
    await ledger.load([key]);
    const account = ledger.readCached(key);
    records.failures = 1;
    const retention = ledger.forget([key]);
    await expect(retention).rejects.toThrow('disk full');
    expect(ledger.readCached(key)).toEqual(account);
  });

  it('is forgotten in the end, wherever the process was killed', async () => {
    let kills = 0;
    for (let effects = 0; ; effects += 1) {
      const records = await twoGuilds();
      const others = about(records, STAYS);
      const dying = processOver(dyingAfter(records, effects));
      const end = await dying.forget().catch(() => 'killed');
      if (end !== 'killed') break;
      kills += 1;
      const process = processOver(records);
      const absences = await process.looks.absences();
      if (absences.has(GONE)) await process.forget();
      expect(about(records, GONE)).toEqual([]);
      expect([...records.byKey.keys()].filter((key) => key.includes('15000000000000002'))).toEqual(
        [],
      );
      expect(about(records, STAYS)).toEqual(others);
    }
    expect(kills).toBeGreaterThan(5);
  });
});
