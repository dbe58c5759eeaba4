import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandStringOption,
  APIApplicationCommandSubcommandOption,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from '../discord-js.ts';
import type { SlashDefinition } from '../command.ts';
import { described } from '../localized.ts';
import { choicesOf } from '../options/choices.ts';
import { HOLD_CHOICES } from './read-hold-request.ts';

type TextOption = 'task' | 'amount';

export function usageDefinition(): SlashDefinition {
  return {
    name: 'usage',
    ...described(({ usageCommand }) => usageCommand.command.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    // Controls who sees the command. An outdated client may still call it, so the handler checks
    // again.
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    options: [
      subcommand('show', [
        {
          name: 'member',
          type: ApplicationCommandOptionType.User,
          ...described(({ usageCommand }) => usageCommand.command.member),
        },
        monthOption(),
      ]),
      subcommand('export', [monthOption()]),
      subcommand('holds', [
        { ...text('task'), max_length: 40 },
        {
          name: 'do',
          type: ApplicationCommandOptionType.String,
          ...described(({ usageCommand }) => usageCommand.command.do),
          choices: choicesOf(
            HOLD_CHOICES,
            ({ usageCommand }, choice) => usageCommand.command.actions[choice],
          ),
        },
        { ...text('amount'), max_length: 40 },
      ]),
    ],
  };
}

/** Suggested, and free text as well. */
function monthOption(): APIApplicationCommandStringOption {
  return {
    name: 'month',
    type: ApplicationCommandOptionType.String,
    ...described(({ usageCommand }) => usageCommand.command.month),
    max_length: 20,
    autocomplete: true,
  };
}

function subcommand(
  name: 'show' | 'export' | 'holds',
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    name,
    type: ApplicationCommandOptionType.Subcommand,
    ...described(({ usageCommand }) => usageCommand.command[name]),
    options,
  };
}

function text(name: TextOption): APIApplicationCommandStringOption {
  return {
    name,
    type: ApplicationCommandOptionType.String,
    ...described(({ usageCommand }) => usageCommand.command[name]),
  };
}
