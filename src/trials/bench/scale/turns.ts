import { setTimeout as wait } from 'node:timers/promises';
import { callAtRate } from '../at-rate.ts';
import type { Rate } from '../at-rate.ts';
import { callIn } from './company.ts';
import type { Company } from './company.ts';
import type { DatabaseCounts, DatabaseMeter } from './database-meter.ts';

/** One side of the comparison. */
export interface Side {
  readonly company: Company;
  /** `undefined` where its database is a file. */
  readonly meter: DatabaseMeter | undefined;
}

/** What the server counts. */
type Counted = Pick<DatabaseCounts, 'commits' | 'writes' | 'flushes'>;

/** What a second without any load costs a side, all its processes together. */
export interface Idle extends Counted {
  readonly botMs: number;
}

/** What one turn of load has cost; what the server counts without that of an idle time as long. */
export interface Turn extends Counted {
  /** The median time to the acknowledgement, in milliseconds. */
  readonly ackMs: number;
  /** Processor time of all processes for a task, what they do when idle included. */
  readonly botMs: number;
  /** The same of the server's processes behind their connections. */
  readonly databaseMs: number;
  /** Videos that did not come: refused because the machine is too busy. */
  readonly missing: number;
}

/** So long a video is waited for, in milliseconds. */
const GIVE_UP_MS = 20_000;

/** The number of the next call; each turn goes on where the last one ended. */
export type NextSerial = () => number;

/** Calls at a rate and waits for the videos. */
export async function loadedTurn(
  { company, meter }: Side,
  rate: Rate,
  { idle, nextSerial }: { readonly idle: Idle; readonly nextSerial: NextSerial },
): Promise<Turn> {
  const before = await meter?.settled();
  const startedAt = performance.now();
  const botsBefore = cpuOf(company);
  const delivered: Promise<unknown>[] = [];
  const { median } = await callAtRate(rate, async () => {
    const call = callIn(company.discord, nextSerial());
    delivered.push(orGiveUp(call.delivered));
    return (await call.acknowledged) - call.sentAt;
  });
  const came = await Promise.all(delivered);
  const botMs = cpuOf(company) - botsBefore;
  const databaseMs = ((await meter?.cpuMs()) ?? 0) - (before?.cpuMs ?? 0);
  const after = await meter?.settled();
  const seconds = (performance.now() - startedAt) / 1000;
  const tasks = came.length;
  return {
    ackMs: median,
    botMs: botMs / tasks,
    databaseMs: databaseMs / tasks,
    missing: came.filter((at) => at === undefined).length,
    ...counted((name) => (difference(name, before, after) - idle[name] * seconds) / tasks),
  };
}

/** Lets all sides be idle for a while, at one time. */
export async function idleTurn(
  sides: readonly Side[],
  pause: () => Promise<void>,
): Promise<Idle[]> {
  return Promise.all(
    sides.map(async ({ company, meter }): Promise<Idle> => {
      const before = await meter?.settled();
      const startedAt = performance.now();
      const botsBefore = cpuOf(company);
      await pause();
      const botMs = cpuOf(company) - botsBefore;
      const botSeconds = (performance.now() - startedAt) / 1000;
      const after = await meter?.settled();
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        botMs: botMs / botSeconds,
        ...counted((name) => difference(name, before, after) / seconds),
      };
    }),
  );
}

function counted(by: (name: keyof Counted) => number): Counted {
  return { commits: by('commits'), writes: by('writes'), flushes: by('flushes') };
}

function difference(name: keyof Counted, before?: Counted, after?: Counted): number {
  return (after?.[name] ?? 0) - (before?.[name] ?? 0);
}

/** `undefined` for what takes too long. */
async function orGiveUp(delivered: Promise<number>): Promise<number | undefined> {
  const giving = new AbortController();
  const late = wait(GIVE_UP_MS, undefined, { signal: giving.signal }).catch(() => undefined);
  try {
    return await Promise.race([delivered, late]);
  } finally {
    giving.abort();
  }
}

function cpuOf({ bots }: Company): number {
  return bots.reduce((sum, bot) => sum + bot.cpuMs(), 0);
}
