import type { BotPermissions, Channel } from './model.ts';

/** The bits of Discord's permissions that the simulation uses. */
export const PERMISSION = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useCommands: 1n << 31n,
  sendInThreads: 1n << 38n,
} as const;

/** The permissions of a member without special roles. */
export const DEFAULT_MEMBER_PERMISSIONS =
  PERMISSION.viewChannel |
  PERMISSION.sendMessages |
  PERMISSION.embedLinks |
  PERMISSION.attachFiles |
  PERMISSION.readHistory |
  PERMISSION.useCommands;

const BITS: Readonly<Record<keyof BotPermissions, bigint>> = {
  view: PERMISSION.viewChannel,
  send: PERMISSION.sendMessages,
  attach: PERMISSION.attachFiles,
  embed: PERMISSION.embedLinks,
  history: PERMISSION.readHistory,
  manageMessages: PERMISSION.manageMessages,
  mentionEveryone: PERMISSION.mentionEveryone,
};
const NAMES = [
  'view',
  'send',
  'attach',
  'embed',
  'history',
  'manageMessages',
  'mentionEveryone',
] as const satisfies readonly (keyof BotPermissions)[];

/** The permissions of @everyone, also for the bot, before the overwrites of a channel. */
export const EVERYONE_PERMISSIONS = DEFAULT_MEMBER_PERMISSIONS | PERMISSION.sendInThreads;

/** Returns the channel's overwrite that gives the bot its permissions there. */
export function botOverwrite({ bot }: Channel): { readonly allow: bigint; readonly deny: bigint } {
  const bitsOf = (wanted: boolean): bigint =>
    NAMES.reduce((sum, name) => (bot[name] === wanted ? sum | BITS[name] : sum), 0n);
  return { allow: bitsOf(true), deny: bitsOf(false) };
}

/** Returns the `app_permissions` of an interaction in this channel. */
export function appPermissions(channel: Channel): bigint {
  const { bot } = channel;
  const granted: (readonly [boolean, bigint])[] = [
    [bot.view, BITS.view],
    // Attaching and embedding need the permission to send.
    [bot.send, BITS.send],
    [bot.send && bot.attach, BITS.attach],
    [bot.send && bot.embed, BITS.embed],
    [bot.history, BITS.history],
    [bot.manageMessages, BITS.manageMessages],
    [bot.mentionEveryone, BITS.mentionEveryone],
  ];
  return granted.reduce((sum, [allowed, bit]) => (allowed ? sum | bit : sum), 0n);
}
