import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { keptMediaSchema } from '../../domain/routes/kept-media.ts';
import type { KeptMedia } from '../../domain/routes/kept-media.ts';
import type { MediaToKeep } from '../../app/ports/media-store-port.ts';
import { chunkSeal, newSalt, SALT_BYTES, TAG_BYTES } from './seal-chunks.ts';
import type { ChunkSeal } from './seal-chunks.ts';

// A file is: salt, the content in sealed chunks, the description sealed, its length. The description
// comes last because it has the hash, and is found from the end without reading the content.

const CHUNK_BYTES = 256 * 1024;
const LENGTH_BYTES = 4;
/** No chunk of content has this number. */
const DESCRIPTION = 0xff_ff_ff_ff;
/** A description has some hundred bytes; a file name of Discord at most 1024. */
const MAX_DESCRIPTION_BYTES = 16 * 1024;

export const ownerOf = ({ taskId, option }: Pick<KeptMedia, 'taskId' | 'option'>): string =>
  `${taskId}-${option}`;

/**
 * Seals a copy into a file, one chunk in memory at a time. It is on the disk when this resolves;
 * rejects if the source breaks or the disk takes no more, and leaves what is there.
 */
export async function writeKeptFile(
  file: FileHandle,
  key: Uint8Array,
  about: MediaToKeep,
  content: AsyncIterable<Uint8Array>,
): Promise<KeptMedia> {
  const salt = newSalt();
  const seal = chunkSeal(key, salt, ownerOf(about));
  const hash = createHash('sha256');
  let bytes = 0;
  let number = 0;
  await file.appendFile(salt);
  for await (const chunk of inChunks(content)) {
    hash.update(chunk);
    bytes += chunk.length;
    await file.appendFile(seal.seal(chunk, number));
    number += 1;
  }
  const kept: KeptMedia = { ...about, sha256: hash.digest('hex'), bytes };
  const description = seal.seal(Buffer.from(JSON.stringify(kept)), DESCRIPTION);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(description.length);
  await file.appendFile(Buffer.concat([description, length]));
  await file.sync();
  return kept;
}

/** The description of a copy; `undefined` if there is none that this key opens. */
export async function readDescription(
  path: string,
  key: Uint8Array,
  owner: string,
): Promise<KeptMedia | undefined> {
  return withFile(path, async (file) => (await describedIn(file, key, owner))?.kept);
}

/** The content of a copy and its description; `undefined` if it is damaged or not that owner's. */
export async function readKeptFile(
  path: string,
  key: Uint8Array,
  owner: string,
): Promise<{ readonly kept: KeptMedia; readonly content: Buffer } | undefined> {
  return withFile(path, async (file) => {
    const described = await describedIn(file, key, owner);
    if (described === undefined) return undefined;
    const { kept, contentEnd } = described;
    // Filled chunk by chunk: to put them together at the end would hold everything up.
    const content = Buffer.allocUnsafe(kept.bytes);
    let number = 0;
    let bytes = 0;
    for (let at = SALT_BYTES; at < contentEnd; at += CHUNK_BYTES + TAG_BYTES) {
      const chunk = await openChunk(file, described, number);
      if (chunk === undefined || bytes + chunk.length > kept.bytes) return undefined;
      content.set(chunk, bytes);
      bytes += chunk.length;
      number += 1;
    }
    return bytes === kept.bytes ? { kept, content } : undefined;
  });
}

/** A part of a copy's content, of which no more is opened; `undefined` as for all of it. */
export async function readKeptPart(
  path: string,
  key: Uint8Array,
  {
    owner,
    sha256,
    offset,
    length,
  }: {
    readonly owner: string;
    readonly sha256: string;
    readonly offset: number;
    readonly length: number;
  },
): Promise<Buffer | undefined> {
  return withFile(path, async (file) => {
    const described = await describedIn(file, key, owner);
    if (described?.kept.sha256 !== sha256) return undefined;
    const end = Math.min(offset + length, described.kept.bytes);
    const first = Math.floor(offset / CHUNK_BYTES);
    const chunks: Buffer[] = [];
    for (let number = first; number * CHUNK_BYTES < end; number += 1) {
      const chunk = await openChunk(file, described, number);
      if (chunk === undefined) return undefined;
      chunks.push(chunk);
    }
    const from = offset - first * CHUNK_BYTES;
    return Buffer.concat(chunks).subarray(from, from + Math.max(0, end - offset));
  });
}

async function openChunk(
  file: FileHandle,
  { seal, contentEnd }: Described,
  number: number,
): Promise<Buffer | undefined> {
  const at = SALT_BYTES + number * (CHUNK_BYTES + TAG_BYTES);
  const length = Math.min(CHUNK_BYTES + TAG_BYTES, contentEnd - at);
  return seal.open(await readExactly(file, at, length), number);
}

interface Described {
  readonly kept: KeptMedia;
  readonly seal: ChunkSeal;
  /** Where the sealed content ends. */
  readonly contentEnd: number;
}

async function describedIn(
  file: FileHandle,
  key: Uint8Array,
  owner: string,
): Promise<Described | undefined> {
  const { size } = await file.stat();
  const length = (await readExactly(file, size - LENGTH_BYTES, LENGTH_BYTES)).readUInt32BE();
  const contentEnd = size - LENGTH_BYTES - length;
  if (length > MAX_DESCRIPTION_BYTES || contentEnd < SALT_BYTES) return undefined;
  const seal = chunkSeal(key, await readExactly(file, 0, SALT_BYTES), owner);
  const text = seal.open(await readExactly(file, contentEnd, length), DESCRIPTION);
  if (text === undefined) return undefined;
  const kept = keptMediaSchema.safeParse(JSON.parse(text.toString('utf8')));
  return kept.success ? { kept: kept.data, seal, contentEnd } : undefined;
}

/** Reads a file that may be missing or cut: then `undefined`. */
async function withFile<T>(
  path: string,
  read: (file: FileHandle) => Promise<T | undefined>,
): Promise<T | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    return await read(file);
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(length), position });
  if (bytesRead < length) throw new RangeError('the file is too short');
  return buffer;
}

/** The same bytes in chunks of one size, the last of which may be shorter. */
async function* inChunks(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content) {
    waiting.push(part);
    bytes += part.length;
    if (bytes < CHUNK_BYTES) continue;
    const whole = Buffer.concat(waiting);
    let at = 0;
    for (; at + CHUNK_BYTES <= whole.length; at += CHUNK_BYTES) {
      yield whole.subarray(at, at + CHUNK_BYTES);
    }
    waiting = at < whole.length ? [whole.subarray(at)] : [];
    bytes = whole.length - at;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
