import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandStringOption,
  APIApplicationCommandSubcommandGroupOption,
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
import type { Messages } from '../messages/en.ts';
import { choicesOf } from '../options/choices.ts';

/** Whom a limit is for: the sub-commands of `set`. */
const TARGETS = ['everyone', 'server', 'role', 'member'] as const;

/** The sub-commands of `clear`; `id` is for roles and members that can no longer be picked. */
export const CLEARED_TARGETS = [...TARGETS, 'id'] as const;
export type ClearedTarget = (typeof CLEARED_TARGETS)[number];

/**
 * Visible to everyone because of `show`; the other sub-commands check the permission themselves.
 */
export function quotaDefinition(): SlashDefinition {
  return {
    name: 'quota',
    ...described(({ quotaCommand }) => quotaCommand.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      group('set', TARGETS, [...placeOptions(), limitOption()]),
      group('clear', CLEARED_TARGETS, placeOptions()),
      subcommand('grant', ({ grants }) => grants.description, grantOptions()),
      subcommand('list', ({ quotaCommand }) => quotaCommand.list, []),
      subcommand('show', ({ quotaCommand }) => quotaCommand.show, [
        {
          name: 'member',
          type: ApplicationCommandOptionType.User,
          ...described(({ quotaCommand }) => quotaCommand.options.whose),
        },
      ]),
    ],
  };
}

function group(
  name: 'set' | 'clear',
  targets: readonly ClearedTarget[],
  options: readonly APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandGroupOption {
  return {
    name,
    type: ApplicationCommandOptionType.SubcommandGroup,
    ...described(({ quotaCommand }) => quotaCommand[name]),
    options: targets.map((target) =>
      subcommand(target, ({ quotaCommand }) => quotaCommand.targets[target], [
        ...targetOptions(target),
        ...options,
      ]),
    ),
  };
}

function subcommand(
  name: string,
  description: (messages: Messages) => string,
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    name,
    type: ApplicationCommandOptionType.Subcommand,
    ...described(description),
    options,
  };
}

/** The option that names the role or member; everyone and the server need none. */
function targetOptions(target: ClearedTarget): APIApplicationCommandBasicOption[] {
  switch (target) {
    case 'everyone':
    case 'server':
      return [];
    case 'role':
      return [{ ...option('role'), type: ApplicationCommandOptionType.Role, required: true }];
    case 'member':
      return [{ ...option('member'), type: ApplicationCommandOptionType.User, required: true }];
    case 'id':
      return [
        {
          ...option('id'),
          type: ApplicationCommandOptionType.String,
          required: true,
          max_length: 30,
        },
      ];
  }
}

function option(name: keyof Messages['quotaCommand']['options']) {
  return { name, ...described(({ quotaCommand }) => quotaCommand.options[name]) };
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
      ...described(({ grants }) => grants.options.member),
    },
    { ...measureOption(), ...described(({ grants }) => grants.options.measure) },
    {
      ...limitOption(),
      name: 'amount',
      ...described(({ grants }) => grants.options.amount),
    },
  ];
}
