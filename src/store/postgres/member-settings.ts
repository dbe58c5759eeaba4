import { z } from 'zod';
import { microsSchema } from '../../domain/ledger/money.ts';

const namedAmounts = z.record(z.string(), microsSchema.transform(String));

/** Amounts by the kind of budget, in micros, as digits. */
export type NamedAmounts = Readonly<z.output<typeof namedAmounts>>;

/** What a member says of its settings; a later version may say more. */
export const memberSettingsSchema = z.object({
  /** Of each setting that is to be the same for all, what stands for its value and does not tell it. */
  digests: z.record(z.string(), z.string()),
  /** The ceilings that it has set. */
  budgets: namedAmounts,
});

export type MemberSettings = Readonly<z.output<typeof memberSettingsSchema>>;

/** Of a process that says nothing. */
export const NO_SETTINGS: MemberSettings = { digests: {}, budgets: {} };
