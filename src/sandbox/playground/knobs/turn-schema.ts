import { z } from 'zod';
import { DISCORD_FAULTS, DISCORD_TARGETS, PROVIDER_MOODS } from '../protocol/knobs.ts';
import type { KnobTurn } from '../protocol/knobs.ts';
import { SANDBOX_CATALOGUE } from '../sandbox-catalogue.ts';
import { DAY_MS, HOUR_MS } from '../../../domain/time-units.ts';

const WEEK_MS = 7 * DAY_MS;

const provider = z.enum(SANDBOX_CATALOGUE.providers.map(({ id }) => id));
const id = z.string().regex(/^\d{15,20}$/u);
const permission = z.boolean().exactOptional();

/** Validates the body of `POST /knobs`. */
export const knobTurnSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('provider-mood'),
    provider,
    mood: z.enum(PROVIDER_MOODS),
  }),
  z.strictObject({
    kind: z.literal('provider-time'),
    provider,
    taskMs: z.number().min(0).max(HOUR_MS),
  }),
  z.strictObject({ kind: z.literal('provider-turn'), provider, turn: z.unknown() }),
  z.strictObject({
    kind: z.literal('discord-fault'),
    fault: z.enum(DISCORD_FAULTS),
    target: z.enum(DISCORD_TARGETS),
    times: z.int().min(1).max(100),
  }),
  z.strictObject({ kind: z.literal('discord-well') }),
  z.strictObject({
    kind: z.literal('gateway'),
    do: z.enum(['cut', 'reconnect', 'forget-session']),
  }),
  z.strictObject({ kind: z.literal('advance'), ms: z.int().min(1).max(WEEK_MS) }),
  z.strictObject({ kind: z.literal('bot'), do: z.enum(['kill', 'stop', 'start']) }),
  z.strictObject({ kind: z.literal('delete-message'), messageId: z.string() }),
  z.strictObject({
    kind: z.literal('permissions'),
    channelId: z.string(),
    bot: z.strictObject({
      view: permission,
      send: permission,
      attach: permission,
      embed: permission,
      history: permission,
      manageMessages: permission,
      mentionEveryone: permission,
    }),
  }),
  z.strictObject({
    kind: z.literal('command-permissions'),
    guildId: id,
    command: z.string().min(1).nullable(),
    permissions: z
      .array(
        z.strictObject({
          id,
          type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
          permission: z.boolean(),
        }),
      )
      .max(100),
  }),
]) satisfies z.ZodType<KnobTurn>;
