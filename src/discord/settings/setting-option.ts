import type { APIApplicationCommandBasicOption } from 'discord.js';
import { ApplicationCommandOptionType, ChannelType } from '../discord-js.ts';
import { described } from '../localized.ts';
import { choicesOf } from '../options/choices.ts';
import { GALLERY_MODES, LANGUAGE_CHOICES, SHARING_CHOICES, WORD_MAX } from './groups.ts';
import type { SettingOption, SharingOption } from './groups.ts';

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

type Kind = 'channel' | 'user' | 'switch' | 'model' | 'zone' | 'word' | 'amount' | 'choice';

const KINDS = {
  channel_add: 'channel',
  channel_remove: 'channel',
  route_add: 'model',
  route_remove: 'model',
  default_model: 'model',
  word_add: 'word',
  word_remove: 'word',
  member_block: 'user',
  member_unblock: 'user',
  reuse: 'choice',
  animate: 'choice',
  assets: 'choice',
  language: 'choice',
  timezone: 'zone',
  notices: 'channel',
  notices_off: 'switch',
  finish_ping: 'switch',
  gallery: 'channel',
  gallery_mode: 'choice',
  confirm_above: 'amount',
  reopen: 'switch',
  clear: 'switch',
} as const satisfies Record<SettingOption, Kind>;

/** The declaration of one option of `/settings set`. */
export function settingOption(name: SettingOption): APIApplicationCommandBasicOption {
  const base = { name, ...described(({ settingsCommand }) => settingsCommand.options[name]) };
  const text = { ...base, type: ApplicationCommandOptionType.String } as const;
  if (isChoice(name)) return { ...text, choices: choicesFor(name) };
  switch (KINDS[name]) {
    case 'channel': {
      const type = ApplicationCommandOptionType.Channel;
      return { ...base, type, channel_types: [...WRITABLE_CHANNELS] };
    }
    case 'user':
      return { ...base, type: ApplicationCommandOptionType.User };
    case 'switch':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'model':
      return { ...text, max_length: 100, autocomplete: true };
    case 'zone':
      return { ...text, min_length: 1, max_length: 64, autocomplete: true };
    case 'word':
      return { ...text, min_length: 1, max_length: WORD_MAX };
    case 'amount':
      return { ...text, min_length: 1, max_length: 40 };
  }
}

type ChoiceOption = 'language' | 'gallery_mode' | SharingOption;

function isChoice(name: SettingOption): name is ChoiceOption {
  return KINDS[name] === 'choice';
}

function choicesFor(name: ChoiceOption) {
  if (name === 'language') {
    return choicesOf(
      LANGUAGE_CHOICES,
      ({ settingsCommand }, value) => settingsCommand.languages[value],
    );
  }
  if (name === 'gallery_mode') {
    return choicesOf(GALLERY_MODES, ({ sharing }, value) => sharing.galleryModes[value]);
  }
  return choicesOf<string>(SHARING_CHOICES[name], ({ sharing }, value) => {
    const names: Readonly<Record<string, string>> = sharing.choices[name];
    return names[value] ?? value;
  });
}
