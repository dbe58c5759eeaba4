import type { JournalLine } from '../../domain/ledger/journal-line.ts';

/** Every task of a guild, a line each, by month of the guild's calendar. */
export interface JournalStore {
  /** `month`: `2026-11`. In the order of acceptance, a page at a time. */
  readMonth(guildId: string, month: string): AsyncIterable<readonly JournalLine[]>;
}
