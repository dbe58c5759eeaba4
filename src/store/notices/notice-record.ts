import { z } from 'zod';
import { instantSchema } from '../../domain/instant.ts';
import { REJECTION_CATEGORIES } from '../../domain/tasks/provider-rejection.ts';
import { timeKey } from '../../app/rekey-ahead.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';

/** What was damaged: a task, the sums of an account, the settings. */
const DAMAGED = ['task', 'sums', 'settings'] as const;

/** Something that a guild's admins should know of. */
export const noticeSchema = z.object({
  at: instantSchema,
  about: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('held'),
      taskId: z.string(),
      memberId: z.string(),
      route: z.string(),
    }),
    z.object({
      kind: z.literal('provider-paused'),
      provider: z.string(),
      category: z.enum(REJECTION_CATEGORIES),
    }),
    z.object({ kind: z.literal('lost-access'), taskId: z.string(), channelId: z.string() }),
    /** A record of the guild's could not be read and was set aside. */
    z.object({ kind: z.literal('damaged'), what: z.enum(DAMAGED), key: z.string() }),
  ]),
});
export type Notice = Readonly<z.output<typeof noticeSchema>>;

export const NOTICE_PREFIX = 'notice:';
export const noticePrefix = (guildId: string): string => `${NOTICE_PREFIX}${guildId}:`;
export const noticeKey = (guildId: string, at: number, order: string): string =>
  timeKey(noticePrefix(guildId), at, order);

/** To be written in the commit that sets the record aside. */
export function damageNotice(
  guildId: string,
  { at, what, key }: { at: number; what: (typeof DAMAGED)[number]; key: string },
): StoredRecord {
  const value: Notice = { at, about: { kind: 'damaged', what, key } };
  return { key: noticeKey(guildId, at, key), value };
}
