import type { PreferencesStore } from '../../app/ports/preferences-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import {
  NO_PREFERENCES,
  UNREADABLE_PREFERENCES,
  hasPreferences,
  preferencesSchema,
} from '../../domain/preferences/preferences.ts';
import type { Preferences } from '../../domain/preferences/preferences.ts';
import { encodeRecord } from '../records/encode-record.ts';
import { createSerialQueue } from '../serial-queue.ts';
import { writeOrForget } from '../records/write-or-forget.ts';

export const PREFERENCES_PREFIX = 'preferences:';
const keyOf = (memberId: string): string => `${PREFERENCES_PREFIX}${memberId}`;

/** Members in memory; the least recently used go. */
const MAX_MEMBERS = 10_000;

export interface PreferencesOptions {
  /**
   * Whether other processes change them as well, which a member in servers of two of them does: then
   * those in memory are only for answers that must not wait.
   */
  readonly isShared?: boolean;
  readonly maxMembers?: number;
}

/** Creates the store of members' preferences, with a write-through cache. */
export function createPreferencesStore(
  records: RecordStore,
  { isShared = false, maxMembers = MAX_MEMBERS }: PreferencesOptions = {},
): PreferencesStore {
  /** The least recently used first; also of members who set none. */
  const cache = new Map<string, Preferences>();
  const inOrder = createSerialQueue();

  function remember(memberId: string, preferences: Preferences): Preferences {
    cache.delete(memberId);
    cache.set(memberId, preferences);
    const [oldest] = cache.keys();
    if (cache.size > maxMembers && oldest !== undefined) cache.delete(oldest);
    return preferences;
  }

  async function get(memberId: string): Promise<Preferences> {
    const known = cache.get(memberId);
    if (known !== undefined && !isShared) return remember(memberId, known);
    const value = (await records.get(keyOf(memberId))) ?? NO_PREFERENCES;
    const read = preferencesSchema.safeParse(value).data ?? UNREADABLE_PREFERENCES;
    // They may have changed here meanwhile.
    const changed = cache.get(memberId);
    return remember(memberId, changed === undefined || changed === known ? read : changed);
  }

  async function write(memberId: string, preferences: Preferences): Promise<void> {
    const key = keyOf(memberId);
    const written = hasPreferences(preferences)
      ? records.write([{ key, value: encodeRecord(preferences) }])
      : records.remove([key]);
    await writeOrForget(written, () => cache.delete(memberId));
    remember(memberId, preferences);
  }

  return {
    get,
    cached: (memberId) => cache.get(memberId),
    change: async (memberId, update) =>
      inOrder(async () => {
        const after = update(await get(memberId));
        await write(memberId, after);
        return after;
      }),
    delete: async (memberId) =>
      inOrder(async () => {
        const before = await get(memberId);
        await write(memberId, NO_PREFERENCES);
        return hasPreferences(before);
      }),
  };
}
