import { fstatSync, mkdirSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../domain/error-code.ts';
import { syncFolder } from './sync-folder.ts';

/** A longer line is damaged: the bot writes none half as long. */
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 10;

/** An append-only file of lines, except for `replace`. Calls must not overlap. */
export interface LineFile {
  /**
   * Appends lines; with `isDurable` they are on disk when it resolves. If it rejects, a part may have
   * been written.
   */
  append(lines: readonly string[], isDurable: boolean): Promise<void>;
  /** Reads every line, damaged ones as well. */
  read(): AsyncGenerator<string>;
  /** Replaces the whole file atomically: after a kill at any point it is the old or the new one. */
  replace(lines: AsyncIterable<string>): Promise<void>;
  close(): Promise<void>;
}

/** Opens a line file, and creates it for its owner alone if missing. Rejects if it cannot be opened. */
export async function openLineFile(path: string): Promise<LineFile> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file = await open(path, 'a+', 0o600);
  // The name of a new file must be as durable as its lines.
  await syncFolder(dirname(path));
  let isTorn = !(await endsWithNewline(file));
  /** Another process may have taken this one for dead while it was cut off, and removed its file. */
  const reopenRemoved = async (): Promise<void> => {
    if (fstatSync(file.fd).nlink > 0) return;
    const removed = file;
    file = await open(path, 'a+', 0o600);
    isTorn = !(await endsWithNewline(file));
    await Promise.all([removed.close(), syncFolder(dirname(path))]);
  };
  return {
    async append(lines, isDurable) {
      await reopenRemoved();
      const text = lines.map((line) => `${line}\n`).join('');
      try {
        // The half-written end of a failed append becomes a damaged line.
        writeWhole(file, isTorn ? `\n${text}` : text);
        isTorn = false;
        if (isDurable) await file.datasync();
      } catch (cause) {
        isTorn = true;
        throw cause;
      }
    },
    read: () => linesOf(file),
    async replace(lines) {
      const part = `${path}.part`;
      await rm(part, { force: true });
      const next = await open(part, 'ax+', 0o600);
      try {
        for await (const line of lines) await next.appendFile(`${line}\n`);
        await next.datasync();
        await rename(part, path);
      } catch (cause) {
        await next.close();
        await rm(part, { force: true });
        throw cause;
      }
      const old = file;
      file = next;
      isTorn = false;
      await old.close();
      await syncFolder(dirname(path));
    },
    close: async () => file.close(),
  };
}

/**
 * Appends a text to the system's memory of the file, which takes less time than a thread would to
 * begin with it; only the flush waits for the disk. The system may take fewer bytes than requested.
 */
function writeWhole({ fd }: FileHandle, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

async function endsWithNewline(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}

/** Reads every line of a file that another process may be writing; none if it is not there. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return;
    throw cause;
  }
  try {
    yield* linesOf(file);
  } finally {
    await file.close();
  }
}

/** Reads the lines of a file, also a last one without a newline; its reader checks it. */
async function* linesOf(file: FileHandle): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let at = 0;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let from = 0;
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE, from)) {
      yield rest.toString('utf8', from, end);
      from = end + 1;
    }
    rest = rest.subarray(from);
    // Drops the start of a line that is too long; the remainder is damaged as well.
    if (rest.length > MAX_LINE_BYTES) rest = rest.subarray(-1);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
