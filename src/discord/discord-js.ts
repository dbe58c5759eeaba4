import { createRequire } from 'node:module';
import type * as DiscordJs from 'discord.js';
import { withPassages } from './gateway-socket.ts';
import type { GatewayLibrary } from './gateway-socket.ts';

/**
 * discord.js, loaded with `require` because it is CommonJS: with `import`, Node reads its 300 files
 * a second time to find their exports, which takes a fifth of the loading time.
 */
const require = createRequire(import.meta.url);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own types say what it exports
const ws = require('ws') as GatewayLibrary;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own types say what it exports
const discordJs = withPassages(ws, () => require('discord.js') as typeof DiscordJs);

export const {
  ApplicationCommandOptionType,
  ApplicationCommandType,
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
  TextInputStyle,
  TimestampStyles,
  WebSocketShardEvents,
  escapeMarkdown,
  time,
} = discordJs;

// Classes that are also used as types.
export type Client<IsReady extends boolean = boolean> = DiscordJs.Client<IsReady>;
export type REST = DiscordJs.REST;
