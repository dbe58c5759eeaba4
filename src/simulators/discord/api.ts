import type { World } from './world/world.ts';
import type { GuildOptions } from './world/model.ts';
import type { Faults } from './rest/faults.ts';
import type { Answer, ApiRequest, RequestLogEntry } from './rest/request.ts';
import type { InvalidRequestOptions } from './rest/invalid-requests.ts';
import type { RateLimitOptions } from './rest/rate-limits.ts';
import type { GatewayControl } from './gateway/gateway-control.ts';
import type { InteractionHandle, MemberActor, MemberActorOptions } from './actors/api.ts';
import type { Listen, NextEvent } from './events.ts';
import type { MessageFacts, MessageView, Notification } from './world/message-view.ts';

/** Runs at each request; the request goes on when the promise resolves. */
export type BeforeEffect = (request: ApiRequest) => Promise<void> | void;

/** Runs when the effect is applied and the answer is ready but not yet sent. */
export type BeforeAnswer = (request: ApiRequest, answer: Answer) => Promise<void> | void;

export interface SimulatedDiscordOptions {
  /** 0 or absent: any free port of 127.0.0.1. */
  readonly port?: number;
  /** Milliseconds since 1970; `advance` is added to it. Default: the real clock. */
  readonly now?: () => number;
  readonly token?: string;
  readonly applicationId?: string;
  /** What the bot is called, `Bot` by default. */
  readonly applicationName?: string;
  readonly botUserId?: string;
  /** Default: one guild with the channels `general` and `hidden` (which the bot cannot see). */
  readonly guilds?: readonly GuildOptions[];
  /** Bytes per file for everybody; Discord's is 20 MiB. */
  readonly defaultAttachmentSizeLimit?: number;
  readonly cdnLifetimeMs?: number;
  readonly heartbeatIntervalMs?: number;
  /** Absent: no X-RateLimit headers and no limit. */
  readonly rateLimits?: RateLimitOptions;
  /** When the address of the bot is banned for invalid requests. Default: as Discord does. */
  readonly invalidRequests?: InvalidRequestOptions;
  /** Real milliseconds after which a `waitFor` of a test gives up with a dump. */
  readonly backstopMs?: number;
  readonly beforeEffect?: BeforeEffect;
  readonly beforeAnswer?: BeforeAnswer;
  /** How much is remembered. Default: everything, which is what tests want. */
  readonly keep?: Retention;
}

/** Bounds for a simulation that runs for days: what is older is forgotten. */
export interface Retention {
  /** Messages, interactions, notifications and logged requests, of each so many. */
  readonly items: number;
  /** Of all files of the CDN together; the oldest are gone first. */
  readonly fileBytes: number;
}

/** A running simulated Discord: REST, gateway and CDN on one loopback port. */
export interface SimulatedDiscord {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, also the root of the CDN. */
  readonly origin: string;
  /** For DISCORD_API_URL and discord.js `rest.api`: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  /** Ids of the first guild, its first channel, and the first channel the bot cannot see, if any. */
  readonly guildId: string;
  readonly channelId: string;
  readonly hiddenChannelId: string | undefined;

  /** Virtual milliseconds since 1970. */
  now(): number;
  /** Moves the token, nonce, CDN and session clocks; no real time passes. */
  advance(ms: number): void;

  readonly world: World;
  readonly gateway: GatewayControl;
  readonly faults: Faults;
  /** A person in a guild (default: the first), who can act. */
  member(options?: MemberActorOptions): MemberActor;

  /** The definitions registered now, as Discord stores them; without a guild the global ones. */
  commands(guildId?: string): readonly Record<string, unknown>[];
  /** Every message that was ever posted, deleted and ephemeral ones included. */
  messages(channelId?: string): MessageView[];
  message(id: string): MessageView | null;
  /** Each version of a message, oldest first, with its virtual time. */
  versions(messageId: string): MessageView[];
  /** What is true of a message in all its versions: who sees it, what it answers, whom it mentions. */
  facts(messageId: string): MessageFacts | null;
  readonly interactions: readonly InteractionHandle[];
  readonly notifications: readonly Notification[];
  readonly requests: readonly RequestLogEntry[];

  /** How many requests of the last ten minutes were invalid (401, 403, 429 of the bot's own). */
  invalidRequests(): number;

  /** The bytes of an attachment, of the bot's or of a member's, by id. */
  attachmentBytes(attachmentId: string): Uint8Array | undefined;
  /** Makes the CDN answer 404 for it from now on. */
  removeAttachment(attachmentId: string): void;
  /** A person with the right to do so deletes the message. */
  deleteMessage(message: string | { readonly id: string }): void;

  readonly on: Listen;
  /** The next event that satisfies the predicate; rejects after the backstop. */
  readonly next: NextEvent;
  /** Adds a hook; returns its removal. */
  beforeEffect(hook: BeforeEffect): () => void;
  beforeAnswer(hook: BeforeAnswer): () => void;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}
