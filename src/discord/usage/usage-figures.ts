import type { UsageSum } from '../../domain/ledger/usage-sums.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { Messages } from '../messages/en.ts';
import { amountText } from '../render/price-text.ts';

/** `3 videos, 15 seconds, $1.20 + 1 without a known price` */
export function figuresText(sum: UsageSum, messages: Messages): string {
  const { measures } = messages.quota;
  return messages.usageCommand.sum.join([
    measures.videos(String(sum.videos)),
    measures.seconds(String(sum.seconds)),
    costText(sum, messages),
  ]);
}

/**
 * Every known amount, and the number of videos and uploads without one. An unknown price is never
 * shown as zero.
 */
function costText({ cost, unpriced }: UsageSum, messages: Messages): string {
  const { sum: words } = messages.usageCommand;
  if (cost.size === 0) return unpriced > 0 ? words.noPrice : amountIn(0n, '', messages);
  const amounts = [...cost].map(([currency, micros]) => amountIn(micros, currency, messages));
  return [...amounts, ...(unpriced === 0 ? [] : [words.unpriced(unpriced)])].join(' + ');
}

/** The currency is empty if the installation has no price list. */
export function amountIn(micros: bigint, currency: string, messages: Messages): string {
  return amountText(micros, currency === '' ? undefined : currency, messages);
}

/** How much of a pseudonym tells one deleted member from another. */
const MARK_CHARACTERS = 8;

/** A member in the journal: an id, or a pseudonym after their data was deleted. */
export function memberText(member: string, messages: Messages): string {
  if (snowflakeSchema.safeParse(member).success) return `<@${member}>`;
  const hash = member.replace(/^deleted-/u, '').replaceAll(/[^\w-]/gu, '');
  return messages.usageCommand.sum.deleted(hash.slice(0, MARK_CHARACTERS));
}
