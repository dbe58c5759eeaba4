import type { Preferences } from '../../domain/preferences/preferences.ts';

/** What members prefer, by their ids, in all servers. */
export interface PreferencesStore {
  /** Without any if none were set. Rejects if the store does not answer. */
  get(memberId: string): Promise<Preferences>;
  /** Those in memory, for answers that must not wait; `undefined` if they were not read lately. */
  cached(memberId: string): Preferences | undefined;
  /** Resolves with the new ones when they are on disk. */
  change(memberId: string, update: (before: Preferences) => Preferences): Promise<Preferences>;
  /** Resolves with whether there were any. */
  delete(memberId: string): Promise<boolean>;
}
