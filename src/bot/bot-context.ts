import type { Clock, Log } from '../app/ports/core.ts';
import type { SqliteRecords } from '../store/records/sqlite-records.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import type { MetricsPort } from '../app/ports/metrics-port.ts';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { Resources } from './resources.ts';

/** Where the bot touches the machine beside the network; a test may put something else there. */
export interface PlatformDeps {
  /** The machine's: right or wrong, only what passes by it counts. */
  readonly clock: Clock;
  readonly openRecords: (path: string) => Promise<SqliteRecords>;
}

/** The best that is known of the time, for what is dated before Discord was asked. */
export function bestKnownTime({
  clock,
  machine,
}: Pick<BotContext, 'clock' | 'machine'>): Pick<Clock, 'now'> {
  return { now: () => (clock.isKnown() ? clock.now() : machine.now()) };
}

/** What every part of the bot is made from. */
export interface BotContext {
  readonly config: Config;
  readonly log: Log;
  readonly resources: Resources;
  /** Discord's time. */
  readonly clock: Clock;
  /** What the machine takes for the time: for names and hints, where Discord was not asked yet. */
  readonly machine: Pick<Clock, 'now'>;
  readonly openRecords: PlatformDeps['openRecords'];
  readonly stopping: AbortSignal;
  readonly ownership: Ownership;
  /** Undefined: nobody can ask for them. */
  readonly metrics: Metrics | undefined;
  readonly counts: MetricsPort;
}
