import type { CommandPermission } from './world/command-permissions.ts';
import type { World } from './world/world.ts';
import type { GuildOptions } from './world/model.ts';
import type { Faults } from './rest/faults.ts';
import type { Answer, ApiRequest, RequestLogEntry } from './rest/request.ts';
import type { InvalidRequestOptions } from './rest/invalid-requests.ts';
import type { RateLimitOptions } from './rest/rate-limits.ts';
import type { EndpointControl } from './endpoint/endpoint-control.ts';
import type { GatewayControl } from './gateway/gateway-control.ts';
import type { InteractionHandle, MemberActor, MemberActorOptions } from './actors/api.ts';
import type { Listen, NextEvent } from './events.ts';
import type { MessageFacts, MessageView, Notification } from './world/message-view.ts';

/** A hook that runs before each request takes effect; the request waits for its promise. */
export type BeforeEffect = (request: ApiRequest) => Promise<void> | void;

/** A hook that runs after each request took effect, before its answer is sent. */
export type BeforeAnswer = (request: ApiRequest, answer: Answer) => Promise<void> | void;

/** The options of `startSimulatedDiscord`. */
export interface SimulatedDiscordOptions {
  /** A port of 127.0.0.1. Default: 0, which chooses a free one. */
  readonly port?: number;
  /** Milliseconds since 1970; `advance` is added to it. Default: the real clock. */
  readonly now?: () => number;
  readonly token?: string;
  readonly applicationId?: string;
  /** The bot's name. Default: `Bot`. */
  readonly applicationName?: string;
  readonly botUserId?: string;
  /** Default: one guild with the channels `general` and `hidden`, which the bot cannot see. */
  readonly guilds?: readonly GuildOptions[];
  /** Bytes per file for all users. Default: Discord's limit, 20 MiB. */
  readonly defaultAttachmentSizeLimit?: number;
  readonly cdnLifetimeMs?: number;
  readonly heartbeatIntervalMs?: number;
  /** The gateway's address as Discord names it, if a proxy leads from there to here. Default: its own. */
  readonly namedGatewayUrl?: string;
  /** How many shards `GET /gateway/bot` recommends. Default: 1. */
  readonly recommendedShards?: number;
  /** How many shards may IDENTIFY within five seconds, as it says; nothing is enforced. Default: 1. */
  readonly maxConcurrency?: number;
  /** Without it there are no limits and no X-RateLimit headers. */
  readonly rateLimits?: RateLimitOptions;
  /** When the address of the bot is banned for invalid requests. Default: as Discord does. */
  readonly invalidRequests?: InvalidRequestOptions;
  /** Real milliseconds after which `waitFor` rejects with a dump of the state. */
  readonly backstopMs?: number;
  readonly beforeEffect?: BeforeEffect;
  readonly beforeAnswer?: BeforeAnswer;
  /** How much the simulation keeps. Default: everything. */
  readonly keep?: Retention;
}

/** Bounds for a simulation that runs for days: the oldest entries are dropped. */
export interface Retention {
  /** How many messages, interactions, notifications and logged requests are kept, of each kind. */
  readonly items: number;
  /** Total size of the files on the CDN; the oldest are removed first. */
  readonly fileBytes: number;
}

/** A running simulated Discord: REST API, gateway and CDN on one loopback port. */
export interface SimulatedDiscord {
  readonly port: number;
  /** `http://127.0.0.1:PORT`; the CDN's addresses start with it. */
  readonly origin: string;
  /** `http://127.0.0.1:PORT/api`, for DISCORD_API_URL and discord.js `rest.api`. */
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  /** The application's public key: 64 hex digits. */
  readonly publicKey: string;
  /** Ids of the first guild, its first channel, and its first channel that the bot cannot see. */
  readonly guildId: string;
  readonly channelId: string;
  readonly hiddenChannelId: string | undefined;

  /** The virtual time, in milliseconds since 1970. */
  now(): number;
  /** Moves the virtual time of tokens, nonces, CDN addresses and sessions; no real time passes. */
  advance(ms: number): void;

  readonly world: World;
  readonly gateway: GatewayControl;
  /** Interactions by HTTP, instead of over the gateway. */
  readonly endpoint: EndpointControl;
  readonly faults: Faults;
  /** Adds a member to a guild (default: the first), who can then act. */
  member(options?: MemberActorOptions): MemberActor;

  /** The commands of a guild, or without an id the global ones, as Discord stores them. */
  commands(guildId?: string): readonly Record<string, unknown>[];
  /** The commands that Discord's client offers a member in a channel; a guild's own come first. */
  offered(userId: string, channelId: string): readonly Record<string, unknown>[];
  /**
   * Sets who may use a command (`null`: all commands of the application), as an admin does in
   * Server Settings → Integrations; `undefined` removes the entry. Default: the first guild.
   */
  setCommandPermissions(
    command: string | null,
    permissions: readonly CommandPermission[] | undefined,
    guildId?: string,
  ): void;
  /** The overrides of a command, or of the application; an empty list without an entry. */
  commandPermissions(command: string | null, guildId?: string): readonly CommandPermission[];
  /** All messages ever posted, including deleted and ephemeral ones. */
  messages(channelId?: string): MessageView[];
  message(id: string): MessageView | null;
  /** All versions of a message, oldest first. */
  versions(messageId: string): MessageView[];
  /** The properties that all versions share: who sees the message, its command, its mentions. */
  facts(messageId: string): MessageFacts | null;
  readonly interactions: readonly InteractionHandle[];
  readonly notifications: readonly Notification[];
  readonly requests: readonly RequestLogEntry[];

  /** How many requests of the last ten minutes were invalid (401, 403, 429 of the bot's own). */
  invalidRequests(): number;

  /** The bytes of an attachment that the bot or a member sent. */
  attachmentBytes(attachmentId: string): Uint8Array | undefined;
  /** Removes an attachment from the CDN, which then answers 404. */
  removeAttachment(attachmentId: string): void;
  /** Deletes the message as a member with the permission would. */
  deleteMessage(message: string | { readonly id: string }): void;

  readonly on: Listen;
  /** Resolves with the next event that satisfies the predicate; rejects after the backstop. */
  readonly next: NextEvent;
  /** Adds a hook; returns a function that removes it. */
  beforeEffect(hook: BeforeEffect): () => void;
  beforeAnswer(hook: BeforeAnswer): () => void;
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}
