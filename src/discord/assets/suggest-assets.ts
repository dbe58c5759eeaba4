import type { CommandServices, TypingCall } from '../command.ts';
import { MAX_SUGGESTIONS } from '../options/suggest-time-zones.ts';
import type { Choice } from '../replies.ts';

/** Suggests the server's names for what is typed as `name`, those that begin with it first. */
export function suggestAssets(
  { guildId, focused, options }: TypingCall,
  { namedAssets }: Pick<CommandServices, 'namedAssets'>,
): Choice[] {
  if (focused !== 'name') return [];
  const typed = String(options.get('name') ?? '')
    .trim()
    .toLowerCase();
  const rank = (name: string): number => (name.startsWith(typed) ? 0 : 1);
  return namedAssets
    .peek(guildId)
    .filter((name) => name.includes(typed))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map((name) => ({ name, value: name }));
}
