import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandStringOption,
  APIApplicationCommandSubcommandOption,
  APIApplicationCommandUserOption,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from '../discord-js.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { SlashDefinition } from '../command.ts';
import { described } from '../localized.ts';
import type { SettingsWords } from '../messages/settings-en.ts';
import { choicesOf } from '../options/choices.ts';

/** The lists that `clear` can empty. */
export const LIST_NAMES = ['channels', 'routes', 'words', 'blocked'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** The values of `language`; `caller` is the default. */
export const LANGUAGE_CHOICES = [...LANGUAGES, 'caller'] as const;

/** Maximum length of a blocked word, in characters. */
export const WORD_MAX = 100;
export const MAX_AUDIT_LINES = 25;

/** Channels in which members can write, and therefore call a command. */
const WRITABLE_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

export function settingsDefinition(routesOn: readonly Route[]): SlashDefinition {
  return {
    name: 'settings',
    ...described((messages) => messages.settingsCommand.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    // Controls who sees the command. An outdated client may still call it, so the handler checks
    // again.
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    options: [
      subcommand('show', []),
      subcommand('set', [...listOptions(routesOn), ...valueOptions()]),
      subcommand('audit', [
        {
          ...option('count'),
          type: ApplicationCommandOptionType.Integer,
          min_value: 1,
          max_value: MAX_AUDIT_LINES,
        },
      ]),
    ],
  };
}

function subcommand(
  name: 'show' | 'set' | 'audit',
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    name,
    type: ApplicationCommandOptionType.Subcommand,
    ...described((messages) => messages.settingsCommand[name]),
    options,
  };
}

function option(name: keyof SettingsWords['options']) {
  return { name, ...described((messages) => messages.settingsCommand.options[name]) };
}

function listOptions(routesOn: readonly Route[]): APIApplicationCommandBasicOption[] {
  const routeChoices = choicesOf(
    routesOn.map(({ id }) => id),
    (_messages, id) => {
      const route = routesOn.find((known) => known.id === id);
      return route?.name ?? id;
    },
  );
  return [
    ...(['channel_add', 'channel_remove'] as const).map(channelOption),
    ...(['route_add', 'route_remove'] as const).map((name): APIApplicationCommandStringOption => ({
      ...option(name),
      type: ApplicationCommandOptionType.String,
      choices: routeChoices,
    })),
    ...(['word_add', 'word_remove'] as const).map((name): APIApplicationCommandStringOption => ({
      ...option(name),
      type: ApplicationCommandOptionType.String,
      min_length: 1,
      max_length: WORD_MAX,
    })),
    ...(['member_block', 'member_unblock'] as const).map(
      (name): APIApplicationCommandUserOption => ({
        ...option(name),
        type: ApplicationCommandOptionType.User,
      }),
    ),
    {
      ...option('clear'),
      type: ApplicationCommandOptionType.String,
      choices: choicesOf(LIST_NAMES, ({ settingsCommand }, name) => settingsCommand.lists[name]),
    },
  ];
}

function channelOption(
  name: 'channel_add' | 'channel_remove' | 'notices',
): APIApplicationCommandBasicOption {
  return {
    ...option(name),
    type: ApplicationCommandOptionType.Channel,
    channel_types: [...WRITABLE_CHANNELS],
  };
}

function valueOptions(): APIApplicationCommandBasicOption[] {
  return [
    {
      ...option('timezone'),
      type: ApplicationCommandOptionType.String,
      min_length: 1,
      max_length: 64,
    },
    {
      ...option('confirm_above'),
      type: ApplicationCommandOptionType.String,
      min_length: 1,
      max_length: 40,
    },
    {
      ...option('language'),
      type: ApplicationCommandOptionType.String,
      choices: choicesOf(
        LANGUAGE_CHOICES,
        ({ settingsCommand }, language) => settingsCommand.languages[language],
      ),
    },
    channelOption('notices'),
    { ...option('notices_off'), type: ApplicationCommandOptionType.Boolean },
    { ...option('finish_ping'), type: ApplicationCommandOptionType.Boolean },
    { ...option('reopen'), type: ApplicationCommandOptionType.Boolean },
  ];
}
