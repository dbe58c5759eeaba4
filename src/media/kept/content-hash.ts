import { createHash } from 'node:crypto';
import { remember } from '../../app/remember.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { MediaStore } from '../../app/ports/media-store-port.ts';
import type { ContentHash, TaskMedium } from '../../app/ports/task-assets-port.ts';
import { errorCode } from '../../domain/error-code.ts';
import { backoffMs } from '../../domain/tasks/policy.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { SECOND_MS } from '../../domain/time-units.ts';
import type { AttachmentSource } from './fetch-attachment.ts';

interface ContentHashDeps {
  readonly store: Pick<MediaStore, 'find'>;
  readonly source: Pick<AttachmentSource, 'read'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Reads of attachments in flight at one time. */
const READS_AT_ONCE = 4;
const ASK_AGAIN_MS = 250;
const BACKOFF = { firstMs: SECOND_MS, maxMs: 15 * SECOND_MS };
/** Reads that are remembered: those of tasks that were cancelled are never asked for again. */
const MAX_READINGS = 10_000;
/** Failed reads after which an attachment counts as gone. */
const MAX_FAILURES = 5;

interface Reading {
  isRunning: boolean;
  failures: number;
  dueElapsed: number;
  sha256?: string;
}

/** Finds the hashes of media: of the bot's copy if there is one, else it reads the attachment once. */
export function createContentHash(
  deps: ContentHashDeps,
): (task: Task, medium: TaskMedium) => Promise<ContentHash> {
  const { store, clock } = deps;
  const readings = new Map<string, Reading>();
  return async (task, { option, medium }) => {
    const name = `${task.id}:${option}`;
    const reading = readings.get(name) ?? { isRunning: false, failures: 0, dueElapsed: 0 };
    const kept = medium.copy ?? (await store.find(task.id, option));
    const sha256 = kept?.sha256 ?? reading.sha256;
    if (sha256 !== undefined || isHopeless(reading, medium.url)) {
      readings.delete(name);
      return sha256 === undefined ? { kind: 'gone' } : { kind: 'known', sha256 };
    }
    const waitMs = Math.max(reading.dueElapsed - clock.elapsed(), 0);
    if (waitMs === 0 && !reading.isRunning && runningIn(readings) < READS_AT_ONCE) {
      remember(readings, [name, reading], MAX_READINGS);
      void read(deps, reading, { url: medium.url, bytes: bytesOf(task, option) }, task.id);
    }
    return { kind: 'waits', untilMs: clock.now() + Math.max(waitMs, ASK_AGAIN_MS) };
  };
}

/** As large as Discord says. */
function bytesOf({ secrets }: Task, option: TaskMedium['option']): number {
  return secrets.request?.media[option]?.bytes ?? 0;
}

function isHopeless({ failures }: Reading, url: string): boolean {
  return url === '' || failures >= MAX_FAILURES;
}

function runningIn(readings: ReadonlyMap<string, Reading>): number {
  return [...readings.values()].filter(({ isRunning }) => isRunning).length;
}

/** The hash of a file's content, in hex; rejects if it cannot be read whole. */
export async function hashOfFile(
  source: ContentHashDeps['source'],
  file: { readonly url: string; readonly bytes: number },
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source.read(file, signal)) hash.update(chunk);
  return hash.digest('hex');
}

/** Never rejects. */
async function read(
  { source, clock, log, random, signal }: ContentHashDeps,
  reading: Reading,
  attachment: { readonly url: string; readonly bytes: number },
  taskId: string,
): Promise<void> {
  reading.isRunning = true;
  try {
    reading.sha256 = await hashOfFile(source, attachment, signal);
  } catch (cause) {
    // Its message may name the address; its code does not.
    log.warn({ taskId, detail: errorCode(cause) ?? 'failed' }, 'attachment could not be read');
    reading.dueElapsed = clock.elapsed() + backoffMs(BACKOFF, reading.failures, random);
    reading.failures += 1;
  } finally {
    reading.isRunning = false;
  }
}
