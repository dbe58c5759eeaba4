import { z } from 'zod';
import { decidedSettingsSchema } from './decided-settings.ts';
import type { Account } from './ledger/account.ts';
import { microsSchema } from './ledger/money.ts';
import { ruleSchema } from './ledger/rules.ts';
import { initialZone, resumedZone } from './ledger/zone-setting.ts';
import { snowflakeSchema } from './tasks/snowflake.ts';
import { settingsUndoSchema } from './settings-undo.ts';

/** A proposed change that waits for the admin's answer. */
const proposalSchema = z.object({
  /** The id of the interaction that asked, which has its time. */
  id: snowflakeSchema,
  /** The admin who was asked. */
  by: z.string(),
  rules: z.array(ruleSchema),
  /** `undefined` leaves the amount as it is. */
  confirmAbove: microsSchema.optional(),
});
export type SettingsProposal = Readonly<z.output<typeof proposalSchema>>;

/** The settings of a guild, with the changes that can be undone or wait for an answer. */
export const guildSettingsSchema = decidedSettingsSchema.extend({
  /** The latest last. */
  undoable: z.array(settingsUndoSchema).optional(),
  proposals: z.array(proposalSchema).optional(),
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
