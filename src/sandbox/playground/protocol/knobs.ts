import type { BotPermissions } from '../../../simulators/discord/world/model.ts';

/** A provider's id; the knobs say its name. */
export type Provider = string;

/** What a provider does with every video from now on; the table behind it is `knobs/provider-moods.ts`. */
export const PROVIDER_MOODS = [
  'done',
  /** The create is refused by moderation. */
  'refused',
  /** The task is accepted and fails. */
  'failed',
  /** The create is never answered; the bot gives up after five minutes, or is killed before. */
  'hangs',
  /** 429 with Retry-After: 5. */
  'busy',
  /** HTTP 200 with a page that is no JSON. */
  'rubbish',
  /** HTTP 500. */
  'server-error',
  /** The result's file is gone (404). */
  'result-gone',
  /** The result has 30 MiB: more than Discord takes in a guild without boosts. */
  'result-large',
] as const;
export type ProviderMood = (typeof PROVIDER_MOODS)[number];

/** Discord's faults, on the requests that `DiscordTarget` names. */
export const DISCORD_FAULTS = [
  /** 429 with `retry_after` of 2 s. */
  'rate-limited',
  /** 502 before anything happened. */
  'server-error',
  /** The effect is there, the connection is cut before the answer. */
  'cut',
  /** 401 with code 50027, as after 15 minutes. */
  'unauthorized',
  /** Answered after 4 s. */
  'slow',
  /** 200, but the message has lost its file; meets requests that carry one. */
  'attachment-missing',
] as const;
export type DiscordFault = (typeof DISCORD_FAULTS)[number];

export const DISCORD_TARGETS = [
  'all',
  /** First answers to interactions. */
  'callbacks',
  /** Edits of these answers and further messages by the interaction's token. */
  'webhooks',
  /** Messages by the bot token. */
  'channels',
] as const;
export type DiscordTarget = (typeof DISCORD_TARGETS)[number];

/** The state of everything that can be turned. */
export interface Knobs {
  readonly providers: Readonly<
    Record<
      Provider,
      {
        /** As people see it. */
        readonly name: string;
        readonly mood: ProviderMood | 'custom';
        readonly taskMs: number;
      }
    >
  >;
  /** Faults that still wait for requests. */
  readonly discordFaults: readonly DiscordFaultState[];
}

export interface DiscordFaultState {
  readonly fault: DiscordFault;
  readonly target: DiscordTarget;
  /** How many requests it still meets. */
  readonly left: number;
}

/** The body of `POST /knobs`. */
export type KnobTurn =
  | { readonly kind: 'provider-mood'; readonly provider: Provider; readonly mood: ProviderMood }
  /** How long a task takes, those under way included; 0 to an hour. */
  | { readonly kind: 'provider-time'; readonly provider: Provider; readonly taskMs: number }
  /** Any turn that tests can make, as `providers/turn-knob.ts` reads it. */
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
  /** Moves Discord's clock: tokens expire after 15 minutes, addresses after a day; up to 7 days. */
  | { readonly kind: 'advance'; readonly ms: number }
  /** `kill` as a power cut, `stop` as a supervisor does. */
  | { readonly kind: 'bot'; readonly do: 'kill' | 'stop' | 'start' }
  | { readonly kind: 'delete-message'; readonly messageId: string }
  | {
      readonly kind: 'permissions';
      readonly channelId: string;
      readonly bot: Partial<BotPermissions>;
    };

export type KnobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: string };
