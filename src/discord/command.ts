import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { AcceptVideo } from '../app/accept-video.ts';
import type { Language } from '../domain/language.ts';
import type { Route } from '../domain/routes/route.ts';
import type { CommandInteraction } from './interaction.ts';
import type { Replies } from './replies.ts';

/** A slash command called in a server that the bot serves. */
export interface CommandCall extends CommandInteraction {
  readonly guildId: string;
  readonly channelId: string;
  readonly member: NonNullable<CommandInteraction['member']>;
  /** The caller's language. */
  readonly language: Language;
  /** When it arrived, in milliseconds. */
  readonly receivedAt: number;
}

/** What commands may use. */
export interface CommandServices {
  readonly routesOn: readonly Route[];
  readonly acceptVideo: AcceptVideo;
  readonly replies: Replies;
}

export type CommandDefinition = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** One slash command: how it is registered, and what it does. */
export interface Command {
  readonly name: string;
  readonly define: (routesOn: readonly Route[]) => CommandDefinition;
  readonly run: (call: CommandCall, services: CommandServices) => Promise<void>;
}
