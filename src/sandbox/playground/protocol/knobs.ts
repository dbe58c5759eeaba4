import type { CommandPermission } from '../../../simulators/discord/world/command-permissions.ts';
import type { BotPermissions } from '../../../simulators/discord/world/model.ts';

/** A provider's id; `Knobs` holds its name. */
export type Provider = string;

/** How a provider treats every video from now on; `knobs/provider-moods.ts` defines each. */
export const PROVIDER_MOODS = [
  'done',
  /** Moderation refuses the create request. */
  'refused',
  /** The task is accepted, then fails. */
  'failed',
  /** The create request is never answered; the bot gives up after five minutes. */
  'hangs',
  /** 429 with Retry-After: 5. */
  'busy',
  /** HTTP 200 with a body that is no JSON. */
  'rubbish',
  /** HTTP 500. */
  'server-error',
  /** The result's file is gone (404). */
  'result-gone',
  /** The result has 30 MiB, more than Discord accepts in a guild without boosts. */
  'result-large',
  /** A medium in the library passes its review after five seconds. */
  'asset-later',
  /** A medium in the library stays in review. */
  'asset-stuck',
  /** A medium does not pass its review. */
  'asset-rejected',
  /** A medium cannot be processed. */
  'asset-failed',
  /** A medium is usable for a few seconds, then not found. */
  'asset-vanishes',
  /** A look at a medium is answered about another one. */
  'asset-anothers',
  /** The library takes no more. */
  'asset-full',
  /** The library answers an upload after ten seconds. */
  'asset-slow',
  /** The answer to the next upload is lost, although the medium is there. */
  'asset-lost',
] as const;
export type ProviderMood = (typeof PROVIDER_MOODS)[number];

/** Faults that Discord can show on the requests of a `DiscordTarget`. */
export const DISCORD_FAULTS = [
  /** 429 with `retry_after` of 2 s. */
  'rate-limited',
  /** 502 before anything happened. */
  'server-error',
  /** The request takes effect, but the connection is cut before the answer. */
  'cut',
  /** 401 with code 50027, like an expired token. */
  'unauthorized',
  /** Answered after 4 s. */
  'slow',
  /** 200, but the message lacks its file; applies to requests with files. */
  'attachment-missing',
] as const;
export type DiscordFault = (typeof DISCORD_FAULTS)[number];

/** The requests to Discord that a fault can hit. */
export const DISCORD_TARGETS = [
  'all',
  /** Initial responses to interactions. */
  'callbacks',
  /** Edits and further messages with the interaction's token. */
  'webhooks',
  /** Messages with the bot token. */
  'channels',
] as const;
export type DiscordTarget = (typeof DISCORD_TARGETS)[number];

/** The state of all knobs. */
export interface Knobs {
  readonly providers: Readonly<
    Record<
      Provider,
      {
        /** The name shown to people. */
        readonly name: string;
        readonly mood: ProviderMood | 'custom';
        readonly taskMs: number;
      }
    >
  >;
  /** Faults that have not hit all their requests yet. */
  readonly discordFaults: readonly DiscordFaultState[];
}

/** A fault that waits for requests. */
export interface DiscordFaultState {
  readonly fault: DiscordFault;
  readonly target: DiscordTarget;
  /** How many requests it will still hit. */
  readonly left: number;
}

/** The body of `POST /knobs`. */
export type KnobTurn =
  | { readonly kind: 'provider-mood'; readonly provider: Provider; readonly mood: ProviderMood }
  /** How long a task takes, including running ones; 0 to an hour. */
  | { readonly kind: 'provider-time'; readonly provider: Provider; readonly taskMs: number }
  /** Any turn of the simulated provider's knobs, as read by `providers/turn-knob.ts`. */
  | { readonly kind: 'provider-turn'; readonly provider: Provider; readonly turn: unknown }
  | {
      readonly kind: 'discord-fault';
      readonly fault: DiscordFault;
      readonly target: DiscordTarget;
      /** 1 to 100 requests. */
      readonly times: number;
    }
  | { readonly kind: 'discord-well' }
  | { readonly kind: 'gateway'; readonly do: 'cut' | 'reconnect' | 'forget-session' }
  /** Advances Discord's clock by up to 7 days. Tokens last 15 minutes, file URLs a day. */
  | { readonly kind: 'advance'; readonly ms: number }
  /** `kill` sends SIGKILL, `stop` sends SIGTERM. */
  | { readonly kind: 'bot'; readonly do: 'kill' | 'stop' | 'start' }
  | { readonly kind: 'delete-message'; readonly messageId: string }
  | {
      readonly kind: 'permissions';
      readonly channelId: string;
      readonly bot: Partial<BotPermissions>;
    }
  /** Who may use a command (`null`: every command without an entry); an empty list is no entry. */
  | {
      readonly kind: 'command-permissions';
      readonly guildId: string;
      readonly command: string | null;
      readonly permissions: readonly CommandPermission[];
    };

/** The answer to `POST /knobs`. */
export type KnobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: string };
