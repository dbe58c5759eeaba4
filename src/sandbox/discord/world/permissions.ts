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
