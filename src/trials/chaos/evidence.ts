import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { HoldAction, HoldEnd } from '../../app/hold-actions.ts';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import { TASK_PREFIX } from '../../store/tasks/task-keys.ts';
import type { Incident } from './incidents.ts';
import { mischiefIn } from './mischief.ts';
import type { Life } from './supervisor.ts';
import type { Take } from './takes.ts';

/** So many videos a day for each member of a guild. */
export interface Quota {
  readonly guildId: string;
  readonly limit: number;
}

/** By `npm run backup`; the store's files by hand; the whole folder, lines of attempts included. */
export type CopyKind = 'backup' | 'hand' | 'folder';

/** A copy of the store that was put back. */
export interface Restore {
  readonly kind: CopyKind;
  /** The tasks of the copy, as they stood in it. */
  readonly copied: ReadonlyMap<string, Task>;
  /** Interactions from before, of which the copy knows nothing. */
  readonly forgotten: ReadonlySet<string>;
  /** Every message that was posted before. */
  readonly posted: ReadonlySet<string>;
  /** False where the bot cannot know: a copy by hand after which no line was written. */
  readonly isTold: boolean;
}

/** What somebody asked for of one unconfirmed charge. */
export type AskedEnd =
  | { readonly by: 'admin'; readonly taskId: string; readonly end: HoldAction }
  | {
      readonly by: 'operator';
      readonly taskId: string;
      readonly end: HoldEnd;
      readonly requestId: string;
      /** What the bot answered in the end; absent: nothing yet. */
      isDone?: boolean;
      /** Its files went with the folder that a snapshot was put in the place of. */
      isGone?: boolean;
    };

/** Everything that the round's verdict is made from: what each side says, after the last stop. */
export interface Evidence {
  readonly takes: readonly Take[];
  /** Without their secrets, by the interaction's id. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** Every record of the store but tasks, as it was read. */
  readonly records: ReadonlyMap<string, unknown>;
  /** Every create that a provider accepted, by the take's label. */
  readonly clips: readonly SimulatedTask[];
  readonly providerRequests: readonly RecordedRequest[];
  readonly messages: readonly MessageView[];
  /** A digest of each attachment's bytes, by its id. */
  readonly digests: ReadonlyMap<string, string>;
  readonly lives: readonly Life[];
  /** All log lines and everything on standard error, of every process of the round. */
  readonly lines: readonly string[];
  readonly incidents: readonly Incident[];
  /** What the round allowed each member of one guild; undefined: everything. */
  readonly quota: Quota | undefined;
  /** The operator's ceiling for a day over all guilds; undefined: none. */
  readonly budget: Micros | undefined;
  /** Undefined: the store was never exchanged. */
  readonly restore: Restore | undefined;
  /** What was asked for of unconfirmed charges. */
  readonly holdEnds: readonly AskedEnd[];
  /** When it was at Discord in the beginning and at the end. */
  readonly time: { readonly began: number; readonly ended: number };
  readonly deleted: ReadonlySet<string>;
  readonly trapHits: number;
  /** Texts that no log line may contain. */
  readonly secrets: readonly string[];
  /** False where some task was still open when the round's patience ended. */
  readonly hasEnded: boolean;
}

export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

export const storePathOf = ({ folder }: Pick<Stage, 'folder'>): string =>
  join(folder, 'clapper.sqlite');

/** Reads the store of a bot that has stopped; its tasks by the interactions they were made for. */
export async function readStore(
  storePath: string,
): Promise<{ tasks: Map<string, Task>; records: Map<string, unknown> }> {
  const store = await openSqliteRecords(storePath);
  try {
    const keys = await store.keysUnder('');
    const values = await store.getMany(keys);
    const tasks = new Map<string, Task>();
    const records = new Map<string, unknown>();
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      if (!key.startsWith(TASK_PREFIX)) records.set(key, value);
      else {
        const task = readTask(value);
        tasks.set(task.interactionId, task);
      }
    }
    return { tasks, records };
  } finally {
    await store.close();
  }
}

function readTask(value: unknown): Task {
  return { ...openRecordSchema.parse(value), secrets: {} };
}

export function linesOf(lives: readonly Life[]): string[] {
  return lives.flatMap(({ bot }: { bot: BotProcess }) => [...bot.lines, ...bot.errors]);
}

/** What the machine did to the bot, as its own output tells. */
export function incidentsIn(lines: readonly string[]): Incident[] {
  return lines.flatMap((line) => {
    const what = mischiefIn(line);
    return what === undefined ? [] : [{ what }];
  });
}

export function digestsOf({ discord }: Stage): Map<string, string> {
  const attachments = discord.messages().flatMap((message) => message.attachments);
  return new Map(
    attachments.flatMap(({ id }) => {
      const bytes = discord.attachmentBytes(id);
      return bytes === undefined ? [] : [[id, digestOf(bytes)] as const];
    }),
  );
}

/** What happened to one take, and to the round as a whole. */
export function wasDone({ incidents }: Evidence, what: RegExp, take?: string): boolean {
  return incidents.some(
    (incident) => what.test(incident.what) && (take === undefined || incident.take === take),
  );
}
