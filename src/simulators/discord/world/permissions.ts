import type { BotPermissions, Channel } from './model.ts';

/** Bits of Discord's permission sets that matter here. */
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

/** What a member of no particular rank may do. */
export const ORDINARY_MEMBER =
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
const FLAGS = [
  'view',
  'send',
  'attach',
  'embed',
  'history',
  'manageMessages',
  'mentionEveryone',
] as const satisfies readonly (keyof BotPermissions)[];

/** What a guild gives everybody, the bot included, before a channel adds or takes away. */
export const EVERYONE = ORDINARY_MEMBER | PERMISSION.sendInThreads;

/** The overwrite of a channel that makes the bot's permissions there what they are. */
export function botOverwrite({ bot }: Channel): { readonly allow: bigint; readonly deny: bigint } {
  const of = (wanted: boolean): bigint =>
    FLAGS.reduce((sum, name) => (bot[name] === wanted ? sum | BITS[name] : sum), 0n);
  return { allow: of(true), deny: of(false) };
}

/** The `app_permissions` of an interaction in this channel. */
export function appPermissions(channel: Channel): bigint {
  const { bot } = channel;
  const granted: (readonly [boolean, bigint])[] = [
    [bot.view, BITS.view],
    // Without sending there is no attaching and no embedding.
    [bot.send, BITS.send],
    [bot.send && bot.attach, BITS.attach],
    [bot.send && bot.embed, BITS.embed],
    [bot.history, BITS.history],
    [bot.manageMessages, BITS.manageMessages],
    [bot.mentionEveryone, BITS.mentionEveryone],
  ];
  return granted.reduce((sum, [allowed, bit]) => (allowed ? sum | bit : sum), 0n);
}
