import type { Clock } from './ports/core.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

/** The turns of answers whose cost grows with the store, so that no other command waits for them. */
export interface ReportTurns {
  /** Reads a server's month or its unconfirmed charges, page by page. */
  readonly reads: Turns;
  /** Draws a chart; each takes a thread of about 60 MiB. */
  readonly pictures: Turns;
  /** Makes and sends a file. Each may hold tens of MiB until Discord has it. */
  readonly files: Turns;
  /** Counts or deletes all data of a member. */
  readonly members: Turns;
  /** Reads a page of a member's history. */
  readonly histories: Turns;
}

/** Reads are cheap to wait for; the token of an interaction is good for a quarter of an hour. */
const READS = { atOnce: 1, perOwner: 100, maxWaitMs: 180_000 };
/** A report without its chart is better than a late one. */
const PICTURES = { atOnce: 1, perOwner: 100, maxWaitMs: 5000 };
/** Some hundred tasks each, so a click or two more may wait. */
const PAGES = { atOnce: 2, perOwner: 3, maxWaitMs: 60_000 };
/** One per server or member: a second one would only repeat the first. */
const ONE_EACH = { atOnce: 2, perOwner: 1, maxWaitMs: 180_000 };

export function createReportTurns(clock: Pick<Clock, 'after'>): ReportTurns {
  return {
    reads: createTurns(clock, READS),
    pictures: createTurns(clock, PICTURES),
    files: createTurns(clock, ONE_EACH),
    members: createTurns(clock, ONE_EACH),
    histories: createTurns(clock, PAGES),
  };
}
