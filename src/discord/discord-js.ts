import { createRequire } from 'node:module';
import type * as DiscordJs from 'discord.js';

/**
 * discord.js, required as the CommonJS that it is: where it is imported, Node reads its 300 files
 * a second time to find out what they export, a fifth of the time that loading it takes.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own types say what it exports
const discordJs = createRequire(import.meta.url)('discord.js') as typeof DiscordJs;

export const {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonStyle,
  ChannelType,
  Client,
  ComponentType,
  DefaultRestOptions,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  HTTPError,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
  RateLimitError,
  Routes,
  Status,
  TimestampStyles,
  escapeMarkdown,
  time,
} = discordJs;

// Classes that types are named by as well.
export type Client<IsReady extends boolean = boolean> = DiscordJs.Client<IsReady>;
export type REST = DiscordJs.REST;
