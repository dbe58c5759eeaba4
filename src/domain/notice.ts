import { z } from 'zod';
import { instantSchema } from './instant.ts';
import { REJECTION_CATEGORIES } from './tasks/provider-rejection.ts';

/** What was damaged: a task, the sums of an account, or the settings. */
export const DAMAGED = ['task', 'sums', 'settings'] as const;

/** A notice to a guild's admins. */
export const noticeSchema = z.object({
  at: instantSchema,
  about: z.discriminatedUnion('kind', [
    z.object({
      /** `held-again`: it was resolved, and then the provider's answer came. */
      kind: z.enum(['held', 'held-again']),
      taskId: z.string(),
      memberId: z.string(),
      route: z.string(),
    }),
    z.object({
      kind: z.literal('provider-paused'),
      provider: z.string(),
      category: z.enum(REJECTION_CATEGORIES),
      /** The pause; absent from notices of an older version. */
      pauseId: z.string().optional(),
    }),
    z.object({ kind: z.literal('lost-access'), taskId: z.string(), channelId: z.string() }),
    /** The answer to a create named another model than was sent. */
    z.object({
      kind: z.literal('other-model'),
      taskId: z.string(),
      memberId: z.string(),
      route: z.string(),
      /** In the provider's words. */
      named: z.string(),
    }),
    /** A member reported a video. */
    z.object({
      kind: z.literal('report'),
      guildId: z.string(),
      taskId: z.string(),
      memberId: z.string(),
      channelId: z.string(),
      messageId: z.string(),
    }),
    /** Videos cannot be forwarded to the gallery. */
    z.object({ kind: z.literal('gallery'), channelId: z.string() }),
    /** A record of the guild could not be read and was quarantined. */
    z.object({ kind: z.literal('damaged'), what: z.enum(DAMAGED), key: z.string() }),
  ]),
});

export type Notice = Readonly<z.output<typeof noticeSchema>>;
