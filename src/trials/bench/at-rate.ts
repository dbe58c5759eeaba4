import { setTimeout as wait } from 'node:timers/promises';
import { percentile } from './figures.ts';

/** Evenly spaced calls. */
export interface Rate {
  readonly perSecond: number;
  readonly forMs: number;
}

/** The latencies of one slice of calls, in milliseconds. */
export interface Latencies {
  readonly median: number;
  readonly p99: number;
  readonly slowest: number;
}

/**
 * Calls evenly spaced, without waiting for the answers to earlier calls. `call` gets the number of
 * the call in this slice and resolves with its latency.
 */
export async function callAtRate(
  { perSecond, forMs }: Rate,
  call: (serial: number) => Promise<number>,
): Promise<Latencies> {
  const total = Math.round((perSecond * forMs) / 1000);
  const startedAt = performance.now();
  const latencies: Promise<number>[] = [];
  while (latencies.length < total) {
    const due = Math.min(
      total,
      Math.floor(((performance.now() - startedAt) * perSecond) / 1000) + 1,
    );
    while (latencies.length < due) latencies.push(call(latencies.length));
    await wait(1000 / perSecond / 2);
  }
  const all = await Promise.all(latencies);
  return { median: percentile(all, 0.5), p99: percentile(all, 0.99), slowest: Math.max(...all) };
}
