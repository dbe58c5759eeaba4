import { z } from 'zod';

const balanceSchema = z.object({ data: z.object({ available: z.coerce.number() }) });

/** What is left of the account; undefined where it does not tell, for not every key may ask. */
export function readJimmyBalance(answer: unknown) {
  const balance = balanceSchema.safeParse(answer).data;
  if (balance === undefined) return undefined;
  const { available } = balance.data;
  return { text: `${available} of the account's coins are left`, isSpent: available <= 0 };
}
