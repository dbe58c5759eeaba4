import type { CommandServices, TypingCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { MAX_SUGGESTIONS, suggestTimeZones } from '../options/suggest-time-zones.ts';
import { choiceName } from '../render/route-summary.ts';
import type { Choice } from '../replies.ts';

const MODEL_OPTIONS: readonly string[] = ['route_add', 'route_remove', 'default_model'];

/** Suggests time zones and models for what is being typed in `/settings set`. */
export function suggestSettings(
  { focused, options, language }: TypingCall,
  { routesOn, clock }: Pick<CommandServices, 'routesOn' | 'clock'>,
): Choice[] {
  const typed = String(options.get(focused) ?? '');
  if (focused === 'timezone') return suggestTimeZones(typed, clock.now());
  if (!MODEL_OPTIONS.includes(focused)) return [];
  const messages = messagesFor(language);
  const wanted = typed.trim().toLowerCase();
  return routesOn
    .map((route) => ({ name: choiceName(route, messages), value: route.id }))
    .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
    .slice(0, MAX_SUGGESTIONS);
}
