import { DAY_MS, MINUTE_MS, SECOND_MS } from '../time-units.ts';

/** The waits before the first looks at an uploaded asset; after them it is checked every 10 s. */
const FIRST_LOOKS_MS = [3, 3, 5, 5].map((seconds) => seconds * SECOND_MS);
const LATER_LOOKS_MS = 10 * SECOND_MS;

/** How long to wait after so many looks, in milliseconds. */
export function lookWaitMs(looks: number): number {
  return FIRST_LOOKS_MS[looks] ?? LATER_LOOKS_MS;
}

/** A medium that is not usable after this is given up, in milliseconds. */
export const USABLE_WITHIN_MS = 10 * MINUTE_MS;

/** How long a provider may not know a new asset, in milliseconds. */
export const APPEARS_WITHIN_MS = MINUTE_MS;

/** An asset that was seen longer ago is checked again before it is used, in milliseconds. */
export const STALE_AFTER_MS = DAY_MS;
