import { z } from 'zod';

const balanceSchema = z.object({ data: z.object({ available: z.coerce.number() }) });

/** Reads the account's balance; `undefined` when the answer has none, because not every key may read it. */
export function readJimmyBalance(answer: unknown) {
  const balance = balanceSchema.safeParse(answer).data;
  if (balance === undefined) return undefined;
  const { available } = balance.data;
  return { text: `${available} of the account's coins are left`, isSpent: available <= 0 };
}
