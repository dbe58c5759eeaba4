import type { ClickClaims } from '../../app/ports/click-claims-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { clickKey, madeByClickSchema } from '../../domain/tasks/click-claim.ts';
import { DAY_MS } from '../../domain/time-units.ts';

export const CLICK_PREFIX = 'click:';
/** The prefix of the clicks of one member. */
export const clicksOf = (memberId: string): string => `${CLICK_PREFIX}${memberId}:`;

/** Longer than any task is unfinished, in milliseconds: its time limit, and what may follow. */
const KEPT_MS = 28 * DAY_MS;

/** Creates the store of clicks. */
export function createClickClaims(records: RecordStore): ClickClaims {
  return {
    async find(claim) {
      return madeByClickSchema.safeParse(await records.get(`${CLICK_PREFIX}${clickKey(claim)}`))
        .data;
    },
    recordOf: (claim, made) => ({ key: `${CLICK_PREFIX}${clickKey(claim)}`, value: made }),
  };
}

/** Whether a record of a click is so old that it says nothing any more; a damaged one is, too. */
export function isOldClick(value: unknown, nowMs: number): boolean {
  const made = madeByClickSchema.safeParse(value).data;
  return made === undefined || made.at + KEPT_MS < nowMs;
}
