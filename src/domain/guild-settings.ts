import { z } from 'zod';
import { instantSchema } from './instant.ts';
import type { Account } from './ledger/account.ts';
import { microsSchema } from './ledger/money.ts';
import { ruleSchema } from './ledger/rules.ts';
import { initialZone, resumedZone, zoneSettingSchema } from './ledger/zone-setting.ts';
import { LANGUAGES } from './language.ts';

/** What a guild's admins have set. An empty list of channels or routes means all of them. */
export const guildSettingsSchema = z.object({
  rules: z.array(ruleSchema),
  zone: zoneSettingSchema,
  channels: z.array(z.string()),
  routes: z.array(z.string()),
  refusedWords: z.array(z.string()),
  blockedMembers: z.array(z.string()),
  /** The amount above which a price is confirmed first. */
  confirmAbove: microsSchema.optional(),
  /** Of task messages; absent: the caller's. */
  language: z.enum(LANGUAGES).optional(),
  /** The channel for notices to the admins. */
  notices: z.string().optional(),
  finishPing: z.boolean(),
  /**
   * Since when nobody may make videos here, in milliseconds: the record was damaged, so limits may be
   * missing. Until an admin has looked at what is left and opens again.
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
 * What is left of a damaged record: every field that can be read, and closed, for a limit or a block
 * may be among the others. Where the zone is lost, the windows of the guild's account go on.
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
