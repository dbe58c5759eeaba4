import { monthLabel } from '../../domain/ledger/month-label.ts';
import type { CommandServices, TypingCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { MAX_SUGGESTIONS } from '../options/suggest-time-zones.ts';
import type { Choice } from '../replies.ts';
import { monthName } from './month-option.ts';

/** Suggests the last months, the newest first, for what is being typed as `month`. */
export function suggestMonths(
  { focused, options, language }: Pick<TypingCall, 'focused' | 'options' | 'language'>,
  { clock }: Pick<CommandServices, 'clock'>,
): Choice[] {
  if (focused !== 'month') return [];
  const { locale, units } = messagesFor(language);
  const wanted = String(options.get('month') ?? '')
    .trim()
    .toLowerCase();
  const [year = 0, month = 0] = monthLabel(clock.now(), 'UTC').split('-').map(Number);
  return Array.from({ length: MAX_SUGGESTIONS }, (_, ago) => {
    const value = monthLabel(Date.UTC(year, month - 1 - ago), 'UTC');
    return { name: units.bracketed(monthName(value, locale), value), value };
  }).filter(({ name }) => name.toLowerCase().includes(wanted));
}
