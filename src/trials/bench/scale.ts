import { stderr } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { NO_POSTGRES, postgresPrograms, startCluster } from '../../sandbox/postgres-cluster.ts';
import type { PostgresCluster } from '../../sandbox/postgres-cluster.ts';
import { medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';
import { PAIRS, ratioOf } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { startCompany, untilServed } from './scale/company.ts';
import { measureDatabaseAlone } from './scale/database-alone.ts';
import { createDatabaseMeter } from './scale/database-meter.ts';
import { idleTurn, loadedTurn } from './scale/turns.ts';
import type { Idle, Side, Turn } from './scale/turns.ts';

/** So many processes at a time; the first one is what the others are compared with. */
const PROCESSES = [1, 2, 4];

/** Two cores carry this with four processes, the server and the stand-ins on them. */
const PER_SECOND = 30;

/** The way to Discord and back from an ordinary machine room, in milliseconds. */
const DISTANCE_MS = 50;

/** The most that several processes may cost, and wait, against one. */
const TARGETS = { cost: 1.25, ack: 1.15 };

/** What a brief run is shortened to; the turns in milliseconds. */
const FULL = {
  processes: PROCESSES,
  rounds: PAIRS,
  turnMs: 8000,
  warmUpMs: 15_000,
  idleMs: 12_000,
  settleMs: 4500,
  alone: { rounds: PAIRS, turnMs: 4000 },
};
const BRIEF = {
  processes: [1, 2],
  rounds: 1,
  turnMs: 500,
  warmUpMs: 100,
  idleMs: 500,
  settleMs: 0,
  alone: { rounds: 1, turnMs: 300 },
};
type Extent = typeof FULL;

/** What all rounds have measured of one side. */
interface Measured {
  readonly idles: Idle[];
  readonly turns: Turn[];
}

/**
 * Measures the same load on one, two and four processes of one database of Postgres, in alternating
 * turns, and one process on SQLite beside them. All of them run all the time. One process has the
 * gateway; it passes on what is for servers of the others. Without Postgres there is nothing to measure.
 */
export async function benchScale(isBrief: boolean): Promise<Figure[]> {
  const bin = postgresPrograms();
  if (bin === undefined) {
    stderr.write(`scale is not measured: ${NO_POSTGRES}.\n`);
    return [];
  }
  const extent = isBrief ? BRIEF : FULL;
  const cluster = await startCluster(bin);
  const sides: Side[] = [];
  try {
    const alone = await measureDatabaseAlone(cluster, {
      sessions: extent.processes,
      ...extent.alone,
    });
    const postgres = extent.processes.map((processes) => ({
      processes,
      settleMs: extent.settleMs,
    }));
    for (const one of postgres) sides.push(await onPostgres(cluster, one));
    sides.push({ company: await startCompany({ processes: 1 }), meter: undefined });
    const failed = Promise.race(sides.map(async ({ company }) => company.failed));
    const measured = await Promise.race([measure(sides, extent), failed]);
    return [...figuresOf(measured, extent.processes), ...alone];
  } finally {
    await Promise.all(sides.map(async ({ company }) => company.close()));
    await cluster.stop();
  }
}

async function onPostgres(
  cluster: PostgresCluster,
  { processes, settleMs }: { readonly processes: number; readonly settleMs: number },
): Promise<Side> {
  const databaseUrl = await cluster.createDatabase();
  const company = await startCompany({ processes, databaseUrl });
  const meter = createDatabaseMeter(cluster, databaseUrl, settleMs);
  try {
    await Promise.race([meter.untilShared(processes), company.failed]);
  } catch (cause) {
    await company.close();
    throw cause;
  }
  return { company, meter };
}

/** All rounds; the sides take turns, and each is first in some round. */
async function measure(sides: readonly Side[], extent: Extent): Promise<Measured[]> {
  let serial = 0;
  const nextSerial = (): number => (serial += 1);
  const measured = sides.map((): Measured => ({ idles: [], turns: [] }));
  const nothing: Idle = { botMs: 0, commits: 0, writes: 0, flushes: 0 };
  for (const side of sides) {
    await untilServed(side.company);
    // As many tasks for each process: what a process has done often costs it less.
    const forMs = extent.warmUpMs * side.company.bots.length;
    const warmUp = { perSecond: PER_SECOND, forMs };
    await loadedTurn(side, warmUp, { idle: nothing, nextSerial });
  }
  for (let round = 0; round < extent.rounds; round += 1) {
    const idles = await idleTurn(sides, async () => wait(extent.idleMs));
    for (let at = 0; at < sides.length; at += 1) {
      const which = (at + round) % sides.length;
      const [side, idle, of] = [sides[which], idles[which], measured[which]];
      if (side === undefined || idle === undefined || of === undefined) continue;
      const rate = { perSecond: PER_SECOND, forMs: extent.turnMs };
      of.idles.push(idle);
      of.turns.push(await loadedTurn(side, rate, { idle, nextSerial }));
    }
  }
  return measured;
}

/** `measured` has the sides on Postgres, by the number of their processes, then the one on SQLite. */
function figuresOf(measured: readonly Measured[], processes: readonly number[]): Figure[] {
  const [one, ...others] = measured;
  const sqlite = others.pop();
  if (one === undefined || sqlite === undefined) return [];
  const turns = measured.flatMap((side) => side.turns);
  return [
    ...others.flatMap((side, at) => againstOne(side.turns, one.turns, processes[at + 1] ?? 1)),
    ...ofOne(one),
    ...onSqlite(sqlite.turns, one.turns),
    {
      name: 'videos that did not come',
      ratio: turns.reduce((sum, { missing }) => sum + missing, 0),
      target: 0,
      unit: 'videos',
      reference: 'all that were asked for',
    },
  ];
}

/** Several processes against one, turn by turn. */
function againstOne(turns: readonly Turn[], one: readonly Turn[], count: number): Figure[] {
  const pairs = pairsOf(turns, one);
  const of = (what: string, by: (turn: Turn) => number, target?: number): Figure => ({
    name: `${count} processes, ${what}`,
    ...ratioOf(pairs, by),
    ...(target === undefined ? {} : { target }),
    reference: 'one process',
  });
  const { cost, ack } = TARGETS;
  return [
    of('CPU time a task', ({ botMs }) => botMs, cost),
    of('commits a task', ({ commits }) => commits, cost),
    of('commits a task that write', ({ writes }) => writes, cost),
    of('flushes of the log a task', ({ flushes }) => flushes, cost),
    of('CPU time a task of Postgres', ({ databaseMs }) => databaseMs),
    of('acknowledgement, median', ({ ackMs }) => ackMs, ack),
    of(
      `acknowledgement with ${DISTANCE_MS} ms to Discord`,
      ({ ackMs }) => ackMs + DISTANCE_MS,
      ack,
    ),
  ];
}

/** What the ratios are of. */
function ofOne({ turns, idles }: Measured): Figure[] {
  return [
    amountOf(
      'CPU time a task',
      turns.map(({ botMs }) => botMs),
      'ms',
    ),
    amountOf(
      'CPU time a task of Postgres',
      turns.map(({ databaseMs }) => databaseMs),
      'ms',
    ),
    amountOf(
      'commits a task',
      turns.map(({ commits }) => commits),
      'commits',
    ),
    amountOf(
      'commits a second when idle',
      idles.map(({ commits }) => commits),
      'commits',
    ),
    amountOf(
      'CPU time a second when idle',
      idles.map(({ botMs }) => botMs),
      'ms',
    ),
  ];
}

function amountOf(what: string, values: readonly number[], unit: string): Figure {
  return { name: `one process, ${what}`, ...medianWithSpread(values), unit, reference: 'nothing' };
}

function onSqlite(turns: readonly Turn[], one: readonly Turn[]): Figure[] {
  const reference = 'one process on Postgres';
  const pairs = pairsOf(turns, one);
  return [
    {
      name: 'on SQLite, acknowledgement, median',
      ...ratioOf(pairs, ({ ackMs }) => ackMs),
      reference,
    },
    { name: 'on SQLite, CPU time a task', ...ratioOf(pairs, ({ botMs }) => botMs), reference },
  ];
}

/** The turns of both sides that were taken in the same round. */
function pairsOf(ours: readonly Turn[], one: readonly Turn[]): Pair<Turn>[] {
  return ours.flatMap((turn, at) => {
    const theirs = one[at];
    return theirs === undefined ? [] : [{ ours: turn, theirs }];
  });
}
