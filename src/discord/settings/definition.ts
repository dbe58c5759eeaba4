import type {
  APIApplicationCommandBasicOption,
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
import type { Messages } from '../messages/en.ts';
import { SETTING_GROUPS, SETTING_GROUP_NAMES } from './groups.ts';
import { settingOption } from './setting-option.ts';

export const MAX_AUDIT_LINES = 25;

export function settingsDefinition(): SlashDefinition {
  return {
    name: 'settings',
    ...described((messages) => messages.settingsCommand.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    // Controls who sees the command. An outdated client may still call it, so the handler checks
    // again.
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    options: [
      subcommand('show', ({ settingsCommand }) => settingsCommand.show, []),
      {
        name: 'set',
        type: ApplicationCommandOptionType.SubcommandGroup,
        ...described(({ settingsCommand }) => settingsCommand.set),
        options: SETTING_GROUP_NAMES.map((group) =>
          subcommand(
            group,
            ({ settingsCommand }) => settingsCommand.groups[group],
            SETTING_GROUPS[group].map(settingOption),
          ),
        ),
      },
      subcommand('audit', ({ settingsCommand }) => settingsCommand.audit, [
        {
          name: 'count',
          ...described(({ settingsCommand }) => settingsCommand.options.count),
          type: ApplicationCommandOptionType.Integer,
          min_value: 1,
          max_value: MAX_AUDIT_LINES,
        },
      ]),
    ],
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
