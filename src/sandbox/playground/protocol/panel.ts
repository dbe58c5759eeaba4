import type { TaskMoney } from '../../../domain/ledger/task-money.ts';
import type { WindowKind } from '../../../domain/ledger/windows.ts';
import type { Outcome } from '../../../domain/tasks/outcome.ts';
import type { Stage } from '../../../domain/tasks/task.ts';
import type { Via } from '../../../simulators/discord/world/message-view.ts';
import type { Provider } from './knobs.ts';

/** What the side panel shows, oldest first. Each list keeps only its newest items. */
export interface Panel {
  /** At most 200. */
  readonly providerRequests: readonly ProviderRequest[];
  /** At most 200. */
  readonly discordRequests: readonly DiscordRequest[];
  /** At most 50. */
  readonly tasks: readonly TaskView[];
  readonly accounts: readonly Account[];
  /** At most 300. */
  readonly edits: readonly MessageEdit[];
  /** At most 300. */
  readonly lines: readonly BotLine[];
}

/** One request of the bot to a provider. */
export interface ProviderRequest {
  readonly id: number;
  readonly provider: Provider;
  /** The name shown to people. */
  readonly providerName: string;
  readonly purpose:
    | 'create'
    | 'query'
    | 'list'
    | 'delete'
    | 'result'
    | 'upload'
    | 'library'
    | 'other';
  readonly method: string;
  readonly path: string;
  /** The parsed JSON body; `undefined` without one. */
  readonly body?: unknown;
  readonly at: number;
  /** The simulation's answer: `ok`, `refused`, `hang` and so on; `undefined` until decided. */
  readonly answer?: string;
  /** The HTTP reply, with long bodies truncated; `undefined` if none was sent. */
  readonly reply?: { readonly status: number; readonly body: string };
  /** The provider's id of the task. */
  readonly providerTaskId?: string;
}

/** One request of the bot to Discord. */
export interface DiscordRequest {
  readonly id: number;
  readonly method: string;
  /** Without the interaction's token. */
  readonly path: string;
  readonly body?: unknown;
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  readonly at: number;
  /** 0 if the connection was cut. */
  readonly status: number;
  /** Discord's error code. */
  readonly code?: number;
  /** The injected fault. */
  readonly fault?: string;
}

export type StageName = Stage['name'];

/** A task in the bot's store. */
export interface TaskView {
  readonly id: string;
  /** The interaction of its `/video`. */
  readonly interactionId: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly personId: string;
  readonly messageId?: string;
  /** The model's name. */
  readonly model: string;
  readonly durationSeconds: number;
  readonly resolution: string;
  readonly ratio?: string;
  readonly acceptedAt: number;
  /** The stages seen in the store, in order; a stage that ends between two polls is missing. */
  readonly stages: readonly StageView[];
  readonly money: TaskMoney['state'];
  /** Such as `$0.168`; `undefined` when the price is unknown. */
  readonly quote?: string;
  /** The reserved, held or settled amount. */
  readonly amount?: string;
  readonly providerTaskId?: string;
  /** How it ended. */
  readonly outcome?: Outcome['kind'];
}

/** A stage of a task. */
export interface StageView {
  readonly name: StageName;
  /** When the stage was first seen in the store. */
  readonly at: number;
  /** The stage's other fields in the store. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A quota account in the bot's store. */
export interface Account {
  readonly guildId: string;
  /** `undefined` for the account of the guild. */
  readonly personId?: string;
  readonly windows: readonly {
    readonly window: WindowKind;
    /** The start of the window, `2026-11-25T00:00:00.000Z`; empty for `total`. */
    readonly since: string;
    readonly used: Counts;
    readonly reserved: Counts;
    readonly held: Counts;
  }[];
}

/** Counted videos and their cost. */
export interface Counts {
  readonly videos: number;
  readonly seconds: number;
  /** Such as `$0.168`. */
  readonly cost: string;
  /** The number of videos of unknown price. */
  readonly unpriced: number;
}

/** One version of a bot message that the person may see. */
export interface MessageEdit {
  readonly messageId: string;
  readonly channelId: string;
  /** Counted from 1. */
  readonly version: number;
  readonly at: number;
  readonly change: 'posted' | 'edited' | 'deleted';
  readonly via: Via;
  /** All readable text of the message. */
  readonly text: string;
  readonly files: readonly string[];
}

/** A line of the bot's log. */
export interface BotLine {
  readonly id: number;
  /** `info`, `warn` and so on. */
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly at: number;
}
