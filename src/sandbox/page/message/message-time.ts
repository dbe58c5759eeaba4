import type { Page } from '../page.ts';
import { timestampText } from '../../timestamp-text.ts';

/** Formats the time of day, with the date if it is not today. */
export function messageTime(at: number, { viewer }: Page): string {
  const isToday = new Date(at).toDateString() === new Date(viewer.nowMs).toDateString();
  return timestampText(at / 1000, isToday ? 't' : 'f', viewer);
}
