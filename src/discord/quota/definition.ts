import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandStringOption,
  APIApplicationCommandSubcommandOption,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../discord-js.ts';
import { MEASURES } from '../../domain/ledger/amounts.ts';
import { WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { SlashDefinition } from '../command.ts';
import { described } from '../localized.ts';
import type { QuotaWords } from '../messages/quota-en.ts';
import { choicesOf } from '../options/choices.ts';

/** The values of the option `for`. */
export const SHARED_SUBJECTS = ['everyone', 'server'] as const;

/**
 * Visible to everyone because of `show`; the other sub-commands check the permission themselves.
 */
export function quotaDefinition(): SlashDefinition {
  return {
    name: 'quota',
    ...described((messages) => messages.quotaCommand.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      subcommand('set', [...placeOptions(), limitOption(), ...subjectOptions()]),
      subcommand('clear', [
        ...placeOptions(),
        ...subjectOptions(),
        { ...option('id'), type: ApplicationCommandOptionType.String, max_length: 30 },
      ]),
      {
        name: 'grant',
        type: ApplicationCommandOptionType.Subcommand,
        ...described((messages) => messages.grants.description),
        options: grantOptions(),
      },
      subcommand('list', []),
      subcommand('show', [
        {
          name: 'member',
          type: ApplicationCommandOptionType.User,
          ...described((messages) => messages.quotaCommand.options.whose),
        },
      ]),
    ],
  };
}

function subcommand(
  name: 'set' | 'clear' | 'list' | 'show',
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    name,
    type: ApplicationCommandOptionType.Subcommand,
    ...described((messages) => messages.quotaCommand[name]),
    options,
  };
}

function option(name: keyof QuotaWords['options']) {
  return { name, ...described((messages) => messages.quotaCommand.options[name]) };
}

function measureOption(): APIApplicationCommandStringOption {
  return {
    ...option('measure'),
    type: ApplicationCommandOptionType.String,
    required: true,
    choices: choicesOf(MEASURES, ({ quotaCommand }, measure) => quotaCommand.measures[measure]),
  };
}

function placeOptions(): APIApplicationCommandBasicOption[] {
  return [
    measureOption(),
    {
      ...option('window'),
      type: ApplicationCommandOptionType.String,
      required: true,
      choices: choicesOf(WINDOW_KINDS, ({ quotaCommand }, window) => quotaCommand.windows[window]),
    },
  ];
}

/** A text option, because amounts have decimals and Discord's numbers are floats. */
function limitOption(): APIApplicationCommandBasicOption {
  return {
    ...option('limit'),
    type: ApplicationCommandOptionType.String,
    required: true,
    min_length: 1,
    max_length: 40,
  };
}

function grantOptions(): APIApplicationCommandBasicOption[] {
  return [
    {
      name: 'member',
      type: ApplicationCommandOptionType.User,
      required: true,
      ...described((messages) => messages.grants.options.member),
    },
    { ...measureOption(), ...described((messages) => messages.grants.options.measure) },
    {
      name: 'amount',
      type: ApplicationCommandOptionType.String,
      required: true,
      min_length: 1,
      max_length: 40,
      ...described((messages) => messages.grants.options.amount),
    },
  ];
}

function subjectOptions(): APIApplicationCommandBasicOption[] {
  return [
    {
      ...option('for'),
      type: ApplicationCommandOptionType.String,
      choices: choicesOf(
        SHARED_SUBJECTS,
        ({ quotaCommand }, subject) => quotaCommand.subjects[subject],
      ),
    },
    { ...option('role'), type: ApplicationCommandOptionType.Role },
    { ...option('member'), type: ApplicationCommandOptionType.User },
  ];
}
