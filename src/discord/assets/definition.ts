import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandOption,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../discord-js.ts';
import type { SlashDefinition } from '../command.ts';
import { described } from '../localized.ts';
import { choicesOf } from '../options/choices.ts';

export const ASSET_KINDS = ['image', 'video', 'audio'] as const;

/** The definition of `/asset`. Visible to everyone, because a server may let everyone use it. */
export function assetDefinition(): SlashDefinition {
  return {
    name: 'asset',
    ...described(({ namedAssets }) => namedAssets.command.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      subcommand('add', [
        nameOption(),
        {
          name: 'kind',
          type: ApplicationCommandOptionType.String,
          ...described(({ namedAssets }) => namedAssets.command.kind),
          required: true,
          choices: choicesOf(ASSET_KINDS, ({ namedAssets }, kind) => namedAssets.kinds[kind]),
        },
        {
          name: 'file',
          type: ApplicationCommandOptionType.Attachment,
          ...described(({ namedAssets }) => namedAssets.command.file),
          required: true,
        },
        {
          name: 'person',
          type: ApplicationCommandOptionType.Boolean,
          ...described(({ namedAssets }) => namedAssets.command.person),
        },
      ]),
      subcommand('list', []),
      subcommand('show', [knownNameOption()]),
      subcommand('remove', [knownNameOption()]),
    ],
  };
}

function nameOption() {
  return {
    name: 'name',
    type: ApplicationCommandOptionType.String,
    ...described(({ namedAssets }) => namedAssets.command.name),
    required: true,
    min_length: 2,
    max_length: 32,
  } as const;
}

/** A name that exists; suggested while it is typed, so that one letter has to be enough. */
function knownNameOption(): APIApplicationCommandBasicOption {
  return { ...nameOption(), min_length: 1, autocomplete: true };
}

function subcommand(
  name: 'add' | 'list' | 'show' | 'remove',
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    name,
    type: ApplicationCommandOptionType.Subcommand,
    ...described(({ namedAssets }) => namedAssets.command[name]),
    options,
  };
}
