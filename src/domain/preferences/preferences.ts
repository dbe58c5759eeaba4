import { z } from 'zod';
import { RATIOS, RESOLUTIONS } from '../routes/options.ts';
import { storedRecord } from '../stored-record.ts';

/** Who may make another video from one's own: the member alone, or whom the server's setting says. */
export const REUSE_CHOICES = ['me', 'server'] as const;

/**
 * What a member prefers, in every server. A value that can no longer be read counts as not set, and
 * an unreadable `reuse` as `me`, which lets no one use more than the member wanted.
 */
export const preferencesSchema = storedRecord({
  /** Not an enum: the route may have been removed since. */
  model: z.string().max(100).optional().catch(undefined),
  durationSeconds: z.int().min(1).max(60).optional().catch(undefined),
  resolution: z.enum(RESOLUTIONS).optional().catch(undefined),
  ratio: z.enum(RATIOS).optional().catch(undefined),
  reuse: z.enum(REUSE_CHOICES).optional().catch('me'),
});
export type Preferences = Readonly<z.output<typeof preferencesSchema>>;

export const NO_PREFERENCES: Preferences = {};

/** Stands for a record that cannot be read at all. */
export const UNREADABLE_PREFERENCES: Preferences = { reuse: 'me' };

/** Whether any is set. */
export function hasPreferences(preferences: Preferences): boolean {
  return Object.values(preferences).some((value) => value !== undefined);
}

/** The names of the options of `/preferences`, in the order in which they are shown. */
export const PREFERENCE_OPTIONS = ['model', 'duration', 'resolution', 'ratio', 'reuse'] as const;
export type PreferenceOption = (typeof PREFERENCE_OPTIONS)[number];

/** The field of each option. */
export const PREFERENCE_FIELDS = {
  model: 'model',
  duration: 'durationSeconds',
  resolution: 'resolution',
  ratio: 'ratio',
  reuse: 'reuse',
} as const satisfies Record<PreferenceOption, keyof Preferences>;

/** The preferences without this one, or without any. */
export function withoutPreference(
  preferences: Preferences,
  option: PreferenceOption | undefined,
): Preferences {
  if (option === undefined) return NO_PREFERENCES;
  const { [PREFERENCE_FIELDS[option]]: _, ...others } = preferences;
  return others;
}
