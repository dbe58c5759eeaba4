import { TimestampStyles, time } from '../discord-js.ts';

/** When a limit or budget resets, as date and as time from now. */
export function resetTime(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${time(seconds, TimestampStyles.ShortDateTime)} (${time(seconds, TimestampStyles.RelativeTime)})`;
}
