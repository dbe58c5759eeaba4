import { z } from 'zod';
import type { ConfirmationStore } from '../app/confirmation-port.ts';
import type { RecordStore } from '../app/record-store-port.ts';
import { videoRequestSchema } from '../domain/routes/request.ts';
import { ROUTE_IDS } from '../domain/routes/route.ts';
import type { Cipher } from './cipher.ts';

export const CONFIRMATION_PREFIX = 'confirm:';
const keyOf = (id: string): string => `${CONFIRMATION_PREFIX}${id}`;

const storedSchema = z.object({
  id: z.string(),
  guildId: z.string(),
  memberId: z.string(),
  route: z.enum(ROUTE_IDS),
  expiresAt: z.number(),
  /** The request: it has the prompt and signed addresses in it. */
  sealed: z.string(),
  isUsed: z.boolean(),
});
const usedSchema = z.strictObject({ isUsed: z.literal(true) });
/** Waiting for its click, or used up. */
export const storedConfirmationSchema = z.union([storedSchema, usedSchema]);

/** Prices to be confirmed, kept over a restart. */
export function createConfirmationStore(records: RecordStore, cipher: Cipher): ConfirmationStore {
  return {
    async put({ request, ...pending }) {
      if ((await records.get(keyOf(pending.id))) !== undefined) return;
      const sealed = cipher.seal(JSON.stringify(request), pending.id);
      await records.write([
        { key: keyOf(pending.id), value: { ...pending, sealed, isUsed: false } },
      ]);
    },
    async get(id) {
      const stored = storedSchema.safeParse(await records.get(keyOf(id)));
      if (!stored.success || stored.data.isUsed) return undefined;
      const { sealed, isUsed: _, ...pending } = stored.data;
      const text = cipher.open(sealed, id);
      if (text === undefined) return undefined;
      const request = videoRequestSchema.safeParse(JSON.parse(text));
      return request.success ? { ...pending, request: request.data } : undefined;
    },
    used: (id) => ({ key: keyOf(id), value: { isUsed: true } }),
    async sweep(nowMs) {
      const keys = await records.keysUnder(CONFIRMATION_PREFIX);
      const values = await records.getMany(keys);
      const over = keys.filter((_, index) => {
        // A damaged one is left to the check of all records, which keeps a copy.
        const stored = storedConfirmationSchema.safeParse(values[index]).data;
        if (stored === undefined) return false;
        return !('expiresAt' in stored) || stored.expiresAt < nowMs;
      });
      await records.remove(over);
    },
  };
}
