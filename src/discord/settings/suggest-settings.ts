import type { CommandServices, TypingCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { SampleServices } from '../models/sample-clip.ts';
import { suggestRoutes, withAuto } from '../models/suggest-models.ts';
import { suggestTimeZones } from '../options/suggest-time-zones.ts';
import type { Choice } from '../replies.ts';

const MODEL_OPTIONS: readonly string[] = ['route_add', 'route_remove', 'default_model'];

/** Suggests time zones and models for what is being typed in `/settings set`. */
export function suggestSettings(
  call: TypingCall,
  services: SampleServices & Pick<CommandServices, 'routesOn' | 'clock'>,
): Choice[] {
  const { focused, options } = call;
  if (focused === 'timezone') {
    return suggestTimeZones(String(options.get(focused) ?? ''), services.clock.now());
  }
  if (!MODEL_OPTIONS.includes(focused)) return [];
  const choices = suggestRoutes(call, services.routesOn, services);
  const { auto } = messagesFor(call.language).modelChoice;
  return focused === 'default_model' ? withAuto(call, auto.title, choices) : choices;
}
