import type { JsonReply } from './json-reply.ts';
import type { LibraryRules } from './library/library-rules.ts';
import type { SimulatedTask, TaskStage } from './simulated-task.ts';
import type { ParsedClip, RequestedMedia } from './requested-clip.ts';
import type { Upload } from './upload.ts';

/** A task as a query sees it at one moment. */
export interface TaskView {
  readonly task: SimulatedTask;
  readonly stage: TaskStage;
  /** 0 to 100. */
  readonly percent: number;
  /** `undefined` when the task is not finished or the knob leaves it out. */
  readonly resultUrl: string | undefined;
  /** The address of the last frame; absent when it was not asked for or the task is not finished. */
  readonly lastFrameUrl?: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** The upload of a file in a form, which is answered by its address. */
interface UploadRules {
  readonly path: string;
  readonly field: string;
  /** The endings of names that it takes. */
  readonly types: readonly string[];
  readonly maxBytes: number;
  readonly uploaded: (url: string, file: Upload) => JsonReply;
}

/** What a deletion does: the task is cancelled, its record is gone, or nothing. */
type DeleteEffect = 'cancelled' | 'deleted' | 'none';

/** A provider's list of tasks, and its deletion of one. */
export interface TaskCalls {
  /** The path to GET the list from. */
  readonly listPath: string;
  /** The page that was asked for, of these tasks, the newest first. */
  readonly listed: (asked: URLSearchParams, tasks: readonly TaskView[]) => JsonReply;
  /** What the deletion of a task is answered by, and what it does. */
  readonly removed: (task: TaskView) => {
    readonly effect: DeleteEffect;
    readonly reply: JsonReply;
  };
}

/** One provider's paths, rules and envelopes. */
export interface Dialect {
  /** Stands in the records of what it was sent. */
  readonly name: string;
  /** The path that belongs to the address by which it is configured; all paths begin with it. */
  readonly basePath?: string;
  readonly createPath: string;
  /** The query path before the task's id. */
  readonly queryPrefix: string;
  /** What follows a task's own path where its file is, which needs the key; absent where files need none. */
  readonly contentPath?: string;
  readonly newTaskId: () => string;
  readonly readCreate: (body: unknown) => ParsedClip;
  readonly created: (task: SimulatedTask) => JsonReply;
  readonly task: (view: TaskView) => JsonReply;
  readonly unauthorized: JsonReply;
  readonly refused: (reason: string) => JsonReply;
  readonly missing: JsonReply;
  /** The content type and body of the 404 for a path that does not exist. */
  readonly noSuchPath: (method: string, path: string) => readonly [type: string, text: string];
  readonly rateLimited: JsonReply;
  readonly serverError: (status: number) => JsonReply;
  readonly wrongShape: JsonReply;
  /** The list of its models, which everyone may read; `undefined` when it has none. */
  readonly list?: { readonly path: string; readonly body: () => unknown };
  /** How it takes files; `undefined` when it takes none. */
  readonly upload?: UploadRules;
  /** What can be done with tasks besides; `undefined` when it has no such calls. */
  readonly taskCalls?: TaskCalls;
  /** Its libraries of media; `undefined` when it has none. */
  readonly library?: LibraryRules;
  /** The failure message of a task whose input could not be fetched. */
  readonly unreachable: (media: RequestedMedia, timedOut: boolean) => string;
}
