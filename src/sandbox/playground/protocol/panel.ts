import type { TaskMoney } from '../../../domain/ledger/task-money.ts';
import type { WindowKind } from '../../../domain/ledger/windows.ts';
import type { Outcome } from '../../../domain/tasks/outcome.ts';
import type { Stage } from '../../../domain/tasks/task.ts';
import type { Via } from '../../../simulators/discord/world/message-view.ts';
import type { Provider } from './knobs.ts';

/** What really happens, newest last; each list keeps the newest alone (the number stands behind). */
export interface Panel {
  /** 200 */
  readonly providerRequests: readonly ProviderRequest[];
  /** 200 */
  readonly discordRequests: readonly DiscordRequest[];
  /** 50 */
  readonly tasks: readonly TaskView[];
  readonly accounts: readonly Account[];
  /** 300 */
  readonly edits: readonly MessageEdit[];
  /** 300 */
  readonly lines: readonly BotLine[];
}

/** One request of the bot to a provider. */
export interface ProviderRequest {
  readonly id: number;
  readonly provider: Provider;
  /** As people see it. */
  readonly providerName: string;
  readonly purpose: 'create' | 'query' | 'result' | 'other';
  readonly method: string;
  readonly path: string;
  /** Parsed JSON where it is JSON. */
  readonly body?: unknown;
  readonly at: number;
  /** What the knob chose: `ok`, `refused`, `hang` and so on; absent until it is decided. */
  readonly answer?: string;
  /** What was answered, where it was an answer; long bodies are cut. */
  readonly reply?: { readonly status: number; readonly body: string };
  /** The provider's task. */
  readonly providerTaskId?: string;
}

/** One request of the bot to Discord. */
export interface DiscordRequest {
  readonly id: number;
  readonly method: string;
  /** The interaction's token is left out. */
  readonly path: string;
  readonly body?: unknown;
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  readonly at: number;
  /** 0 where the connection was cut. */
  readonly status: number;
  /** Discord's error code. */
  readonly code?: number;
  /** The knob that interfered. */
  readonly fault?: string;
}

export type StageName = Stage['name'];

/** A task as it stands in the bot's store, read from beside the bot. */
export interface TaskView {
  readonly id: string;
  /** The call that it was made for. */
  readonly interactionId: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly personId: string;
  readonly messageId?: string;
  readonly route: string;
  readonly durationSeconds: number;
  readonly resolution: string;
  readonly ratio?: string;
  readonly acceptedAt: number;
  /** Stages in the order in which they were seen; those that pass in between two looks are missing. */
  readonly stages: readonly StageView[];
  readonly money: TaskMoney['state'];
  /** `$0.168`; absent: unknown, or nothing. */
  readonly quote?: string;
  /** What counts for it now: the reservation, the hold or the settlement. */
  readonly amount?: string;
  readonly providerTaskId?: string;
  /** How it ended. */
  readonly outcome?: Outcome['kind'];
}

export interface StageView {
  readonly name: StageName;
  /** When it was first seen in the store. */
  readonly at: number;
  /** The stage's own fields in the store. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An account as it stands in the store. */
export interface Account {
  readonly guildId: string;
  /** Absent: the account of the guild. */
  readonly personId?: string;
  readonly windows: readonly {
    readonly window: WindowKind;
    /** When the window began, `2026-11-25T00:00:00.000Z`; empty for `total`. */
    readonly since: string;
    readonly used: Counts;
    readonly reserved: Counts;
    readonly held: Counts;
  }[];
}

export interface Counts {
  readonly videos: number;
  readonly seconds: number;
  /** `$0.168` */
  readonly cost: string;
  /** Videos whose price is unknown. */
  readonly unpriced: number;
}

/** One version of a message of the bot that the person may see. */
export interface MessageEdit {
  readonly messageId: string;
  readonly channelId: string;
  /** From 1. */
  readonly version: number;
  readonly at: number;
  readonly change: 'posted' | 'edited' | 'deleted';
  readonly via: Via;
  /** Everything readable. */
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
