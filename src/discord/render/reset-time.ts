import { TimestampStyles, time } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';

/** When a limit or budget resets, as date and as time from now. */
export function resetTime(ms: number, { units }: Pick<Messages, 'units'>): string {
  const seconds = Math.ceil(ms / 1000);
  return units.bracketed(
    time(seconds, TimestampStyles.ShortDateTime),
    time(seconds, TimestampStyles.RelativeTime),
  );
}
