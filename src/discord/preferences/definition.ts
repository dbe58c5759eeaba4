import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandOption,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../discord-js.ts';
import { PREFERENCE_OPTIONS, REUSE_CHOICES } from '../../domain/preferences/preferences.ts';
import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';
import type { SlashDefinition } from '../command.ts';
import { described } from '../localized.ts';
import { MODEL_OPTION } from '../models/model-option.ts';
import { choicesOf } from '../options/choices.ts';

/** The definition of `/preferences`. */
export function preferencesDefinition(): SlashDefinition {
  return {
    name: 'preferences',
    ...described(({ preferences }) => preferences.command.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      subcommand('set', [
        {
          ...MODEL_OPTION,
          ...described(({ preferences }) => preferences.command.model),
        },
        {
          name: 'duration',
          type: ApplicationCommandOptionType.Integer,
          ...described(({ preferences }) => preferences.command.duration),
          min_value: 1,
          max_value: 60,
        },
        choices('resolution', RESOLUTIONS),
        choices('ratio', RATIOS),
        {
          name: 'reuse',
          type: ApplicationCommandOptionType.String,
          ...described(({ preferences }) => preferences.command.reuse),
          choices: choicesOf(
            REUSE_CHOICES,
            ({ preferences }, choice) => preferences.command.reuseChoices[choice],
          ),
        },
      ]),
      subcommand('show', []),
      subcommand('clear', [choices('preference', PREFERENCE_OPTIONS)]),
    ],
  };
}

function subcommand(
  name: 'set' | 'show' | 'clear',
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    name,
    type: ApplicationCommandOptionType.Subcommand,
    ...described(({ preferences }) => preferences.command[name]),
    options,
  };
}

function choices(
  name: 'resolution' | 'ratio' | 'preference',
  values: readonly string[],
): APIApplicationCommandBasicOption {
  return {
    name,
    type: ApplicationCommandOptionType.String,
    ...described(({ preferences }) => preferences.command[name]),
    choices: values.map((value) => ({ name: value, value })),
  };
}
