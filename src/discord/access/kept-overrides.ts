import type { Clock, Log } from '../../app/ports/core.ts';
import { backoffMs } from '../../domain/tasks/policy.ts';
import type { Backoff } from '../../domain/tasks/policy.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';
import type { GuildOverrides, Override } from './command-overrides.ts';

/** After a failed request. Refusals count towards a ban of the address. */
const RETRY: Backoff = { firstMs: 1000, maxMs: MINUTE_MS };
/** Changes during a read make it outdated; so often it is repeated. */
const MAX_READS = 3;
/** Servers in memory, each with some kilobytes at most; the least recently used go. */
const MAX_GUILDS = 1000;

/** The overrides of servers, kept in memory. */
export interface KeptOverrides {
  /** Reads what is not fresh; resolves when it was read or could not be. Never rejects. */
  renew(guildId: string, applicationId: string): Promise<void>;
  /** What was read last, fresh or not; `undefined` before the first read that succeeded. */
  last(guildId: string): GuildOverrides | undefined;
  /** Takes a change that Discord reports of one command, or of the application. */
  change(guildId: string, id: string, overrides: readonly Override[]): void;
  /** Has a server's overrides read again at the next use. */
  outdate(guildId: string): void;
}

export interface KeptOverridesDeps {
  readonly read: (guildId: string, applicationId: string) => Promise<GuildOverrides>;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly log: Log;
  /** Overrides are read again after this, in case a change was missed; in milliseconds. */
  readonly renewMs: number;
  readonly maxGuilds?: number;
}

/** What is known of one server. Times are of the monotonic clock, in milliseconds. */
interface Entry {
  overrides: GuildOverrides | undefined;
  readAt: number;
  /** Grows with every reported change. */
  changes: number;
  failures: number;
  retryAt: number;
  reading: Promise<void> | undefined;
}

/** One request a server at a time; those of different servers do not wait for each other. */
export function createKeptOverrides(deps: KeptOverridesDeps): KeptOverrides {
  const { clock, maxGuilds = MAX_GUILDS } = deps;
  /** The least recently used first. */
  const entries = new Map<string, Entry>();

  function entryOf(guildId: string): Entry {
    const entry = entries.get(guildId) ?? newEntry();
    entries.delete(guildId);
    entries.set(guildId, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxGuilds && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  return {
    async renew(guildId, applicationId) {
      const entry = entryOf(guildId);
      if (needsRead(entry, clock.elapsed(), deps.renewMs)) {
        entry.reading ??= read(deps, entry, { guildId, applicationId }).finally(() => {
          entry.reading = undefined;
        });
      }
      await entry.reading;
    },
    last: (guildId) => entries.get(guildId)?.overrides,
    change(guildId, id, overrides) {
      const entry = entries.get(guildId);
      if (entry === undefined) return;
      entry.changes += 1;
      if (entry.overrides !== undefined) {
        entry.overrides = new Map([...entry.overrides, [id, overrides]]);
      }
    },
    outdate(guildId) {
      const entry = entries.get(guildId);
      if (entry !== undefined) entry.readAt = -Infinity;
    },
  };
}

function newEntry(): Entry {
  return {
    overrides: undefined,
    readAt: 0,
    changes: 0,
    failures: 0,
    retryAt: 0,
    reading: undefined,
  };
}

function needsRead({ overrides, readAt, retryAt }: Entry, now: number, renewMs: number): boolean {
  if (now < retryAt) return false;
  return overrides === undefined || now >= readAt + renewMs;
}

async function read(
  { read: request, clock, log }: KeptOverridesDeps,
  entry: Entry,
  { guildId, applicationId }: { readonly guildId: string; readonly applicationId: string },
): Promise<void> {
  try {
    for (let reads = 1; reads <= MAX_READS; reads += 1) {
      const { changes } = entry;
      const overrides = await request(guildId, applicationId);
      // An answer from before a change must not replace what the change said.
      if (entry.changes !== changes && reads < MAX_READS) continue;
      entry.overrides = overrides;
      break;
    }
    entry.readAt = clock.elapsed();
    entry.failures = 0;
  } catch (cause) {
    entry.retryAt = clock.elapsed() + backoffMs(RETRY, entry.failures, () => 1);
    entry.failures += 1;
    log.warn({ err: cause, guildId }, 'what admins restrict could not be read from Discord');
  }
}
