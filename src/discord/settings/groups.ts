/** The sub-commands of `/settings set`, each with its options in the order in which they are shown. */
export const SETTING_GROUPS = {
  channels: ['channel_add', 'channel_remove', 'clear'],
  models: ['route_add', 'route_remove', 'default_model', 'clear'],
  words: ['word_add', 'word_remove', 'clear'],
  members: ['member_block', 'member_unblock', 'reuse', 'animate', 'assets', 'clear'],
  messages: [
    'language',
    'timezone',
    'notices',
    'notices_off',
    'finish_ping',
    'gallery',
    'gallery_mode',
  ],
  money: ['confirm_above', 'reopen'],
} as const;

export type SettingGroup = keyof typeof SETTING_GROUPS;
export type SettingOption = (typeof SETTING_GROUPS)[SettingGroup][number];

export const SETTING_GROUP_NAMES = [
  'channels',
  'models',
  'words',
  'members',
  'messages',
  'money',
] as const satisfies readonly SettingGroup[];

/** The lists in the settings. */
export const LIST_NAMES = ['channels', 'routes', 'words', 'blocked'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** The list that `clear` empties. */
export const CLEARED_LIST = {
  channels: 'channels',
  models: 'routes',
  words: 'words',
  members: 'blocked',
} as const satisfies Partial<Record<SettingGroup, ListName>>;

/** The values of `language`; `caller` is the default. */
export const LANGUAGE_CHOICES = ['en', 'zh-CN', 'caller'] as const;

/** Options with fixed values; the first is the default, which is what an unset field means. */
export const SHARING_CHOICES = {
  reuse: ['everyone', 'caller'],
  animate: ['own', 'everyone'],
  assets: ['admins', 'everyone'],
} as const;
export type SharingOption = keyof typeof SHARING_CHOICES;

/** `off` removes the gallery. */
export const GALLERY_MODES = ['share', 'all', 'off'] as const;

/** A value of `default_model` that removes the default. */
export const NO_DEFAULT_MODEL = 'none';

/** Maximum length of a blocked word, in characters. */
export const WORD_MAX = 100;
