import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountKeysFor, decideAdmission } from '../../app/admission.ts';
import type { Admitted } from '../../app/admission.ts';
import { createActiveTasks } from '../../app/active-tasks.ts';
import { createCalendar } from '../../app/calendar.ts';
import { createGuildSettingsStore } from '../../store/guilds/guild-settings-store.ts';
import { createLedger } from '../../store/accounts/ledger.ts';
import { systemClock } from '../../app/system-clock.ts';
import { nextMoney } from '../../domain/ledger/task-money.ts';
import { planOf } from '../../domain/tasks/plan.ts';
import { taskIdSchema } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { createAccountRecovery } from '../../store/repair/account-recovery.ts';
import { createCipher } from '../../store/records/cipher.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import { createTaskStore } from '../../store/tasks/task-store.ts';
import { knownRoute } from '../known-route.ts';
import { median } from './figures.ts';
import type { Figure } from './figures.ts';

const GUILD = '100000000000000001';
const ROUTE = knownRoute('jimmy/seedance2.0-sp');
/** Steps timed in one round, and the number of rounds; their median counts. */
const STEPS = 400;
const ROUNDS = 5;

const SIZES = { members: [10, 100, 1000, 10_000], past: [100, 1000, 10_000, 100_000] };
const BRIEF_SIZES = { members: [10, 100], past: [100, 500] };

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

interface Bench {
  /** Decides, reserves and settles the money of one task. */
  step(member: string, serial: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Measures one reservation and settlement with more and more members and past tasks, against the
 * smallest size in the same run. A step that costs the same has the ratio 1.
 */
export async function benchLedger(isBrief: boolean): Promise<Figure[]> {
  const sizes = isBrief ? BRIEF_SIZES : SIZES;
  const byMembers = await growth(sizes.members, async (size) => fill(size, size));
  const byPast = await growth(sizes.past, async (size) => fill(50, size));
  return [
    ...byMembers.map((ratio, at) => figure(`ledger step, ${sizes.members[at]} members`, ratio)),
    ...byPast.map((ratio, at) => figure(`ledger step, ${sizes.past[at]} past tasks`, ratio)),
  ];
}

function figure(name: string, ratio: number): Figure {
  return { name, ratio, target: 1.5, reference: 'the smallest size' };
}

/** Alternates between the sizes, so that a slow minute of the machine affects all of them. */
async function growth(
  sizes: readonly number[],
  prepare: (size: number) => Promise<{ bench: Bench; members: number }>,
): Promise<number[]> {
  const prepared = [];
  for (const size of sizes) prepared.push(await prepare(size));
  const times = prepared.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, { bench, members }] of prepared.entries()) {
      times[at]?.push(await timeRound(bench, members, round));
    }
  }
  await Promise.all(prepared.map(async ({ bench }) => bench.close()));
  const medians = times.map(median);
  return medians.map((time) => time / (medians[0] ?? time));
}

async function timeRound(bench: Bench, members: number, round: number): Promise<number> {
  const startedAt = process.hrtime.bigint();
  for (let at = 0; at < STEPS; at += 1) {
    await bench.step(memberOf((at * 7919) % members), 1_000_000 + round * STEPS + at);
  }
  return Number(process.hrtime.bigint() - startedAt) / STEPS;
}

function memberOf(serial: number): string {
  return String(200_000_000_000_000_000n + BigInt(serial));
}

/** Fills a store with past tasks, spread over the members. */
async function fill(members: number, past: number): Promise<{ bench: Bench; members: number }> {
  const bench = await openBench();
  const width = 200;
  for (let at = 0; at < past; at += width) {
    const count = Math.min(width, past - at);
    await Promise.all(
      Array.from({ length: count }, async (_, i) =>
        bench.step(memberOf((at + i) % members), at + i),
      ),
    );
  }
  return { bench, members };
}

async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'clapper-bench-'));
  const records = await openSqliteRecords(join(folder, 'bench.sqlite'));
  const base = { records, clock: systemClock, log: SILENT };
  const recover = createAccountRecovery({ ...base, key: new Uint8Array(32) });
  const ledger = createLedger({ ...base, recover });
  const store = createTaskStore({
    ...base,
    ledger,
    cipher: createCipher(new Uint8Array(32)),
  });
  const guilds = createGuildSettingsStore(base);
  const active = createActiveTasks();
  const deps = {
    ledger,
    active,
    calendar: createCalendar(),
    priceList: undefined,
    budgets: {},
    maxActivePerUser: 1e9,
    maxActivePerGuild: 1e9,
  };
  return {
    async step(member, serial) {
      const [settings] = await Promise.all([
        guilds.get(GUILD),
        ledger.load(accountKeysFor(ledger, GUILD, member)),
      ]);
      const submission = { route: ROUTE.id, prompt: 'bench', durationSeconds: 5, media: [] };
      const place = {
        guildId: GUILD,
        channelId: GUILD,
        threadOf: undefined,
        memberId: member,
        roleIds: [],
      };
      const applicant = { ...place, route: ROUTE, submission };
      const decision = decideAdmission(deps, settings, applicant, systemClock.now());
      if (decision.kind !== 'admitted') throw new Error(`not admitted: ${decision.kind}`);
      const task = benchTask(decision.admitted, member, serial);
      await store.create(task);
      const ended = {
        ...task,
        stage: endedStage(),
        money: nextMoney(task.money, { kind: 'settle' }),
      };
      await store.end(ended, task);
    },
    async close() {
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function benchTask(admitted: Admitted, memberId: string, serial: number): Task {
  const { quote, need, windows, journalMonth } = admitted;
  const now = systemClock.now();
  return {
    id: taskIdSchema.parse(String(300_000_000_000_000_000n + BigInt(serial))),
    interactionId: String(300_000_000_000_000_000n + BigInt(serial)),
    guildId: GUILD,
    memberId,
    language: 'en',
    acceptedAt: now,
    plan: planOf({ route: ROUTE.id, durationSeconds: 5, resolution: '720p', quote }),
    attempts: [],
    attachmentLimitBytes: 1,
    address: { applicationId: GUILD, channelId: GUILD, tokenSince: now, deliveryPath: 'webhook' },
    stage: { name: 'acknowledging' },
    money: { state: 'reserved', amounts: need },
    windows,
    journalMonth,
    secrets: {},
  };
}

function endedStage(): Task['stage'] {
  const endedAt = systemClock.now();
  return { name: 'ended', outcome: { kind: 'undeliverable' }, endedAt, notified: true };
}
