import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { Log } from '../../app/ports/core.ts';
import type { Intent, IntentLog } from '../../app/ports/intent-log-port.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';
import type { Cipher } from '../records/cipher.ts';
import { allIntentTexts, intentFile, intentNumbers, intentTexts } from './intent-files.ts';
import { closedLine, intentLine, intentOf, readIntentLine } from './intent-line.ts';
import { openLines } from './open-lines.ts';
import { createSerialQueue } from '../serial-queue.ts';

export interface IntentLinesDeps {
  /** A folder of this store's own, made if it is missing. */
  readonly folder: string;
  readonly cipher: Cipher;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

/** For so long after it was closed a file is kept: no token in it is valid any more; milliseconds. */
const KEPT_MS = 15 * MINUTE_MS;

/** The intents of a store, with the end of the file that they are written to. */
export interface IntentLines extends IntentLog {
  append(intent: Intent, guildId: string): undefined;
  end(): void;
}

interface State extends IntentLinesDeps {
  /** The number of the file that grows. */
  number: number;
  descriptor: number;
  /** Whether the last write may have left half a line. */
  isTorn: boolean;
  /** The files that no longer grow, and when they were closed or found at the start. */
  readonly closedAt: Map<number, number>;
}

/**
 * Opens the intents in a folder. Each line is written to the system in one call before `append`
 * returns: it survives the process. It is not flushed to the disk: a power cut may lose the last
 * moment's lines, which costs a word on a message and no money.
 *
 * The lines are in files by number. A cut begins a new one, and removes those that have been closed
 * for long, so that no file is copied while it grows.
 */
export async function openIntentLines(deps: IntentLinesDeps): Promise<IntentLines> {
  mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
  const leftOver = await intentNumbers(deps.folder);
  const number = (leftOver.at(-1) ?? 0) + 1;
  const descriptor = openSync(intentFile(deps.folder, number), 'a', 0o600);
  const state: State = {
    ...deps,
    number,
    descriptor,
    isTorn: false,
    closedAt: new Map(leftOver.map((left) => [left, deps.elapsed()])),
  };
  const inTurn = createSerialQueue();
  return {
    append(intent, guildId) {
      write(state, intentLine(state.cipher, intent, guildId));
      return undefined;
    },
    // A file survives the process.
    keep: async () => undefined,
    close(interactionId) {
      try {
        write(state, closedLine(interactionId));
      } catch (cause) {
        // The next start may say on a message that nothing began, which is true.
        state.log.warn({ err: cause, interactionId }, 'intent could not be closed');
      }
    },
    leftOver: async () => readOpen(state, leftOver),
    dropLeftOver: async () => remove(state, leftOver),
    cut: async () => inTurn(async () => cut(state)),
    deleteMember: async (memberId) => inTurn(async () => deleteMember(state, memberId)),
    end() {
      closeSync(state.descriptor);
    },
  };
}

/** Throws if the line was not written whole. */
function write(state: State, line: string): void {
  // A line that was left half written becomes a damaged line of its own.
  const bytes = Buffer.from(`${state.isTorn ? '\n' : ''}${line}\n`);
  state.isTorn = true;
  const written = writeSync(state.descriptor, bytes);
  if (written < bytes.length) throw new Error('the disk took only a part of a line');
  state.isTorn = false;
}

async function readOpen(
  { folder, cipher, log }: State,
  numbers: readonly number[],
): Promise<Intent[]> {
  const { lines, damaged } = openLines(await allIntentTexts(folder, numbers));
  if (damaged > 0) log.warn({ damaged }, 'damaged lines of intents are skipped');
  const intents = lines
    .map(({ line }) => intentOf(cipher, line))
    .filter((intent) => intent !== undefined);
  const unreadable = lines.length - intents.length;
  if (unreadable > 0) log.warn({ unreadable }, 'intents sealed with another key are skipped');
  return intents;
}

async function remove(state: State, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) await rm(intentFile(state.folder, number), { force: true });
}

/** Begins a new file. */
function rotate(state: State): void {
  const next = openSync(intentFile(state.folder, state.number + 1), 'a', 0o600);
  closeSync(state.descriptor);
  state.closedAt.set(state.number, state.elapsed());
  state.number += 1;
  state.descriptor = next;
  state.isTorn = false;
}

async function cut(state: State): Promise<void> {
  const old = [...state.closedAt].flatMap(([number, at]) =>
    state.elapsed() >= at + KEPT_MS ? [number] : [],
  );
  await remove(state, old);
  for (const number of old) state.closedAt.delete(number);
  rotate(state);
}

/** In files that no longer grow, each exchanged for one without the member's lines. */
async function deleteMember(state: State, memberId: string): Promise<void> {
  rotate(state);
  for (const number of await intentNumbers(state.folder)) {
    if (number === state.number) continue;
    const path = intentFile(state.folder, number);
    const kept = (await intentTexts(path)).filter((text) => !isOfMember(text, memberId));
    const part = `${path}.part`;
    await writeFile(part, kept.map((text) => `${text}\n`).join(''), { mode: 0o600 });
    await rename(part, path);
  }
}

/** Damaged lines as well: they may be anyone's. */
function isOfMember(text: string, memberId: string): boolean {
  const line = readIntentLine(text);
  return line === undefined || (line.kind === 'intent' && line.member === memberId);
}
