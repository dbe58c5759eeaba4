import { z } from 'zod';
import type { KnobTurn } from '../protocol/knobs.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

const provider = z.enum(['jimmy', 'anyfast']);
const permission = z.boolean().exactOptional();

/** What `POST /knobs` takes. */
export const knobTurnSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('provider-mood'),
    provider,
    mood: z.enum([
      'done',
      'refused',
      'failed',
      'hangs',
      'busy',
      'rubbish',
      'server-error',
      'result-gone',
      'result-large',
    ]),
  }),
  z.strictObject({
    kind: z.literal('provider-time'),
    provider,
    taskMs: z.number().min(0).max(HOUR_MS),
  }),
  z.strictObject({ kind: z.literal('provider-turn'), provider, turn: z.unknown() }),
  z.strictObject({
    kind: z.literal('discord-fault'),
    fault: z.enum(['rate-limited', 'server-error', 'cut', 'unauthorized', 'slow']),
    target: z.enum(['callbacks', 'webhooks', 'channels', 'all']),
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
]) satisfies z.ZodType<KnobTurn>;
