import { z } from 'zod';
import { instantSchema } from './instant.ts';
import { LANGUAGES } from './language.ts';
import { grantSchema } from './ledger/grants.ts';
import { microsSchema } from './ledger/money.ts';
import { ruleSchema } from './ledger/rules.ts';
import { storedRecord } from './stored-record.ts';
import { zoneSettingSchema } from './ledger/zone-setting.ts';

/** What admins decide for a guild. An empty list of channels or routes means all of them. */
export const decidedSettingsSchema = storedRecord({
  rules: z.array(ruleSchema),
  /** What members were granted beyond their limits. */
  grants: z.array(grantSchema).optional(),
  zone: zoneSettingSchema,
  channels: z.array(z.string()),
  routes: z.array(z.string()),
  refusedWords: z.array(z.string()),
  blockedMembers: z.array(z.string()),
  /** The amount above which members confirm a price first. */
  confirmAbove: microsSchema.optional(),
  /** The language of task messages; `undefined` for the member's own. */
  language: z.enum(LANGUAGES).optional(),
  /** The channel for notices to admins. */
  notices: z.string().optional(),
  finishPing: z.boolean(),
  /** The model of a `/video` that names none. */
  defaultModel: z.string().optional(),
  /** Who may make another video from one; `undefined`: everyone. */
  reuse: z.enum(['everyone', 'caller']).optional(),
  /** Whose messages may be animated; `undefined`: one's own and the bot's. */
  animate: z.enum(['own', 'everyone']).optional(),
  /** Who may add named media; `undefined`: admins. */
  assets: z.enum(['admins', 'everyone']).optional(),
  /** The channel to which videos are forwarded. */
  gallery: z.string().optional(),
  /** Which videos; `undefined`: those that their callers share. */
  galleryMode: z.enum(['share', 'all']).optional(),
  /**
   * Since when the guild is closed, in milliseconds. Its record was damaged, so limits may be
   * missing, and members cannot make videos until an admin has checked the settings and opens the
   * guild again.
   */
  closedSince: instantSchema.optional(),
});
export type DecidedSettings = Readonly<z.output<typeof decidedSettingsSchema>>;
