import type { ProviderName } from './recorded-request.ts';
import type { SimulatedTask, TaskStage } from './simulated-task.ts';
import type { ReadClip, WantedMedia } from './wanted-clip.ts';

/** A JSON answer. */
export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
}

/** A task at one moment, as a query sees it. */
export interface TaskView {
  readonly task: SimulatedTask;
  readonly stage: TaskStage;
  /** 0 to 100. */
  readonly percent: number;
  /** Of a finished task; undefined where the knob leaves it out. */
  readonly resultUrl: string | undefined;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** How one provider speaks: its paths, its rules and its envelopes. */
export interface Dialect {
  readonly name: ProviderName;
  readonly createPath: string;
  /** The task's id follows it. */
  readonly queryPrefix: string;
  readonly newTaskId: () => string;
  readonly readCreate: (body: unknown) => ReadClip;
  readonly created: (task: SimulatedTask) => JsonReply;
  readonly seen: (view: TaskView) => JsonReply;
  readonly unauthorized: JsonReply;
  readonly refused: (reason: string) => JsonReply;
  readonly missing: JsonReply;
  /** HTTP 404 for a path that the provider does not serve: its type and its text. */
  readonly noSuchPath: (method: string, path: string) => readonly [type: string, text: string];
  readonly rateLimited: JsonReply;
  readonly serverError: (status: number) => JsonReply;
  readonly wrongShape: JsonReply;
  /** The failure text of a task whose input could not be fetched. */
  readonly unreachable: (media: WantedMedia, timedOut: boolean) => string;
}
