import { z } from 'zod';
import { instantSchema } from './instant.ts';
import type { Account } from './ledger/account.ts';
import { grantSchema } from './ledger/grants.ts';
import { microsSchema } from './ledger/money.ts';
import { ruleSchema } from './ledger/rules.ts';
import { initialZone, resumedZone, zoneSettingSchema } from './ledger/zone-setting.ts';
import { LANGUAGES } from './language.ts';

/** The settings of a guild. An empty list of channels or routes means all of them. */
export const guildSettingsSchema = z.object({
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
  /**
   * Since when the guild is closed, in milliseconds. Its record was damaged, so limits may be
   * missing, and members cannot make videos until an admin has checked the settings and opens the
   * guild again.
   */
  closedSince: instantSchema.optional(),
});
export type GuildSettings = Readonly<z.output<typeof guildSettingsSchema>>;

export const DEFAULT_SETTINGS: GuildSettings = {
  rules: [],
  zone: initialZone('UTC'),
  channels: [],
  routes: [],
  refusedWords: [],
  blockedMembers: [],
  finishPing: false,
};

const object = z.record(z.string(), z.unknown());

/**
 * Recovers a damaged record: keeps every readable field, and closes the guild, because a limit or a
 * block may be lost. If the zone is lost, the windows of the guild's account continue.
 */
export function closedSettings(
  damaged: unknown,
  account: Account | undefined,
  nowMs: number,
): GuildSettings {
  const zone =
    account === undefined
      ? DEFAULT_SETTINGS.zone
      : resumedZone('UTC', {
          day: account.day.key,
          week: account.week.key,
          month: account.month.key,
          total: account.total.key,
        });
  const closed = z.encode(guildSettingsSchema, { ...DEFAULT_SETTINGS, zone, closedSince: nowMs });
  const given = object.safeParse(damaged).data ?? {};
  const readable = Object.entries(guildSettingsSchema.shape).filter(
    ([name, field]) => name !== 'closedSince' && field.safeParse(given[name]).success,
  );
  const kept = Object.fromEntries(readable.map(([name]) => [name, given[name]]));
  return guildSettingsSchema.parse({ ...closed, ...kept });
}
