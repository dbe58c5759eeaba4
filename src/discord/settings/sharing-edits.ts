import { AUTO } from '../../domain/auto/auto.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Messages } from '../messages/en.ts';
import type { Edit } from '../options/edit.ts';
import { SHARING_CHOICES } from './groups.ts';
import type { GALLERY_MODES, SharingOption } from './groups.ts';
import { valueEdit } from './value-edits.ts';

/** What an option with fixed values is set to, its default included. */
export function sharingValue(settings: GuildSettings, option: SharingOption): string {
  return settings[option] ?? SHARING_CHOICES[option][0];
}

/** Who may reuse videos, animate messages or add named media. */
export function sharingEdit<Option extends SharingOption>(
  option: Option,
  value: (typeof SHARING_CHOICES)[Option][number],
  messages: Messages,
): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, [option]: value }),
      what: option,
      entryOf: (settings) => sharingValue(settings, option),
      reply: () => sharingText(option, value, messages),
    },
    messages,
  );
}

export function sharingText(
  option: SharingOption,
  value: string,
  { sharing: words }: Messages,
): string {
  const texts: Readonly<Record<string, string>> = words.is[option];
  return texts[value] ?? value;
}

/** `undefined` removes the default. `nameOf` is the model's name for people. */
export function defaultModelEdit(
  model: string | undefined,
  messages: Messages,
  nameOf: (id: string) => string,
): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, defaultModel: model }),
      what: 'default model',
      entryOf: ({ defaultModel }) => (defaultModel === undefined ? 'none' : defaultModel),
      reply: (after) => {
        const text = defaultModelText(after, messages, nameOf);
        const isAllowed = model === undefined || isAllowedIn(after, model);
        return isAllowed
          ? text
          : messages.units.sentences([text, messages.sharing.defaultNotAllowed]);
      },
    },
    messages,
  );
}

function isAllowedIn({ routes }: GuildSettings, model: string): boolean {
  return model === AUTO || routes.length === 0 || routes.includes(model);
}

export function defaultModelText(
  { defaultModel }: GuildSettings,
  { sharing: words }: Messages,
  nameOf: (id: string) => string,
): string {
  if (defaultModel === undefined) return words.noDefault;
  return words.isDefault(defaultModel === AUTO ? `\`${AUTO}\`` : nameOf(defaultModel));
}

export function galleryEdit(channelId: string, messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, gallery: channelId }),
      what: 'gallery',
      entryOf: galleryEntry,
      reply: (after) => galleryText(after, messages),
    },
    messages,
  );
}

/** `off` removes the gallery. */
export function galleryModeEdit(mode: (typeof GALLERY_MODES)[number], messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) =>
        mode === 'off'
          ? { ...before, gallery: undefined, galleryMode: undefined }
          : { ...before, galleryMode: mode },
      what: 'gallery',
      entryOf: galleryEntry,
      reply: (after) => galleryText(after, messages),
    },
    messages,
  );
}

export function galleryText(
  { gallery, galleryMode = 'share' }: GuildSettings,
  { sharing: words }: Messages,
): string {
  if (gallery === undefined) return words.noGallery;
  return words.gallery[galleryMode](`<#${gallery}>`);
}

function galleryEntry({ gallery, galleryMode = 'share' }: GuildSettings): string {
  return `${gallery === undefined ? 'off' : `channel ${gallery}`}, ${galleryMode}`;
}
