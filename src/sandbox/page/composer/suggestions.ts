import type { CommandOption, OptionType } from '../../playground/protocol/commands.ts';
import type { Guild, Person } from '../../playground/protocol/world.ts';
import { localName } from './command-entry.ts';
import type { Field, Suggestion } from './field.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';

/** The people, roles, channels and texts that options can suggest. */
export interface SuggestionSource {
  readonly locale: string;
  readonly guild: Guild;
  readonly people: readonly Person[];
  readonly botUser: { readonly id: string; readonly name: string };
  readonly yes: string;
  readonly no: string;
  /** The bot's latest autocomplete choices for this option. */
  readonly autocompleted: readonly Suggestion[];
}

/** Returns everything that can be chosen for an option, regardless of the typed text. */
export function allSuggestions(
  option: CommandOption,
  source: SuggestionSource,
): readonly Suggestion[] {
  if (option.choices !== undefined && option.choices.length > 0) {
    return option.choices.map((choice) => ({
      label: localName(choice, source.locale),
      input: choice.value,
    }));
  }
  if (option.autocomplete === true) return source.autocompleted;
  return BY_TYPE[option.type]?.(source, option) ?? [];
}

const BY_TYPE: Readonly<
  Partial<
    Record<OptionType, (source: SuggestionSource, option: CommandOption) => readonly Suggestion[]>
  >
> = {
  [OPTION.boolean]: ({ yes, no }) => [
    { label: yes, input: true },
    { label: no, input: false },
  ],
  [OPTION.user]: users,
  [OPTION.channel]: channels,
  [OPTION.role]: roles,
  [OPTION.mentionable]: (source) => [...users(source), ...roles(source)],
};

function users({ people, botUser }: SuggestionSource): readonly Suggestion[] {
  return [...people, botUser].map(({ id, name }) => ({ label: `@${name}`, input: { id } }));
}

function roles({ guild }: SuggestionSource): readonly Suggestion[] {
  const everyone = { id: guild.id, name: 'everyone' };
  return [everyone, ...guild.roles].map(({ id, name }) => ({
    label: `@${name}`,
    hint: '@&',
    input: { id },
  }));
}

const TEXT_CHANNEL = 0;

function channels({ guild }: SuggestionSource, { channel_types: types }: CommandOption) {
  const isWanted = types === undefined || types.length === 0 || types.includes(TEXT_CHANNEL);
  return isWanted
    ? guild.channels.map(({ id, name }) => ({ label: `#${name}`, input: { id } }))
    : [];
}

/** As in Discord. */
const MAX_SHOWN = 25;

/** Returns the suggestions whose label or value contains the typed text. */
export function shownSuggestions(
  { option, typed, chosen }: Field,
  suggestions: readonly Suggestion[],
): readonly Suggestion[] {
  const isUnfiltered = chosen !== undefined || option.autocomplete === true;
  const wanted = isUnfiltered ? '' : typed.trim().toLowerCase();
  return suggestions
    .filter(({ label, input }) => {
      const value = typeof input === 'object' ? '' : String(input);
      return `${label} ${value}`.toLowerCase().includes(wanted);
    })
    .slice(0, MAX_SHOWN);
}
