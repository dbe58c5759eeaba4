import type { JournalLine } from '../domain/ledger/journal-line.ts';
import type { Clock, Log } from './ports.ts';

const DAY_MS = 86_400_000;
/** How long journal lines are kept. */
const JOURNAL_MS = 400 * DAY_MS;
/** A pass makes up for this much time in which the bot did not run. */
const LOOK_BACK_DAYS = 60;

/** What the store can forget, by when it ended; each call reads no more than it may delete. */
export interface ForgettingStore {
  /** Deletes tasks that ended on a day (days since the epoch), before an instant, and are not held. */
  forgetTasksEndedOn(day: number, beforeMs: number): Promise<number>;
  /** Deletes what members asked for and could not be deleted then. */
  forgetAsAsked(): Promise<number>;
  /** Deletes the lines of a month (`2025-10`) that satisfy the predicate, of every guild. */
  forgetLines(month: string, isOld: (line: JournalLine) => boolean): Promise<number>;
}

export interface RetentionDeps {
  readonly store: ForgettingStore;
  readonly clock: Clock;
  readonly log: Log;
  /** After this a task and its prompt are deleted, in milliseconds. */
  readonly retentionMs: number;
}

/** How often what is too old is looked for, at least and at most, in milliseconds. */
const EVERY_MS = { min: 1000, max: 60 * 60_000 };

/** One pass: prompts, media and tasks by `RETENTION_DAYS`, journal lines by 400 days. */
async function forgetWhatIsOld(deps: RetentionDeps): Promise<void> {
  const { store, clock, log, retentionMs } = deps;
  const now = clock.now();
  const before = now - retentionMs;
  const lastDay = Math.floor(before / DAY_MS);
  let tasks = await store.forgetAsAsked();
  for (let day = lastDay - LOOK_BACK_DAYS; day <= lastDay; day += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a day at a time keeps the store free for others
    tasks += await store.forgetTasksEndedOn(day, before);
  }
  const oldest = now - JOURNAL_MS;
  let lines = 0;
  for (const month of [monthBefore(oldest, 1), monthBefore(oldest, 0)]) {
    // oxlint-disable-next-line no-await-in-loop
    lines += await store.forgetLines(month, ({ at }) => at < oldest);
  }
  if (tasks + lines > 0) log.info({ tasks, lines }, 'old records deleted');
}

/** Passes now and then, every hour at least, until it is stopped; a pass that fails is made again with the next. */
export function keepForgetting(deps: RetentionDeps): { stop(): void } {
  let cancel: (() => void) | undefined;
  let isStopped = false;
  const everyMs = Math.min(Math.max(deps.retentionMs / 4, EVERY_MS.min), EVERY_MS.max);
  const pass = (): void => {
    void forgetWhatIsOld(deps)
      .catch((cause: unknown) => {
        deps.log.warn({ err: cause }, 'old records not deleted');
      })
      .finally(() => {
        if (!isStopped) cancel = deps.clock.after(everyMs, pass);
      });
  };
  pass();
  return {
    stop() {
      isStopped = true;
      cancel?.();
    },
  };
}

/** The month of an instant, or an earlier one, in UTC: a guild's own may differ by a day at its ends. */
function monthBefore(instantMs: number, monthsBefore: number): string {
  const date = new Date(instantMs);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - monthsBefore, 1);
  return new Date(first).toISOString().slice(0, 7);
}
