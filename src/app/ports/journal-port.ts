import type { JournalLine } from '../../domain/ledger/journal-line.ts';

/** The journal: one line for each task of a guild, by month of the guild's calendar. */
export interface JournalStore {
  /** Reads a month such as `2026-11`, in order of acceptance, a page at a time. */
  readMonth(guildId: string, month: string): AsyncIterable<readonly JournalLine[]>;
}
