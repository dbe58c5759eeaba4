import { open, rename, type FileHandle } from 'node:fs/promises';
import type { ReadAt } from './mp4-boxes.ts';
import { readParts } from './read-parts.ts';
import { removeFile } from './remove-file.ts';
import type { VideoRoom } from './video-room.ts';

/** A complete video: in memory, or in a file. */
export type KeptVideo =
  | { readonly kind: 'held'; readonly content: readonly Buffer[]; readonly bytes: number }
  | { readonly kind: 'saved'; readonly path: string; readonly bytes: number };

/** Takes the bytes of one video. */
export interface VideoSink {
  /** Appends a chunk; resolves when it is in memory or on the disk. */
  write(chunk: Buffer): Promise<void>;
  readonly readAt: ReadAt;
  /** Ends a complete video. A file gets its name only now. */
  keep(): Promise<KeptVideo>;
  /** Removes what is there. */
  drop(): Promise<void>;
}

interface SinkOptions {
  readonly toPath: string;
  /** `undefined` where everything goes to the file. */
  readonly room?: VideoRoom | undefined;
  /** The size, where it is known before. */
  readonly expectedBytes: number | undefined;
}

/** Creates a sink that holds a small video in memory while there is room, and else writes a file. */
export function createVideoSink({ toPath, room, expectedBytes = 0 }: SinkOptions): VideoSink {
  const partPath = `${toPath}.part`;
  let held: Buffer[] | undefined = room && expectedBytes <= room.clipBytes ? [] : undefined;
  let file: FileHandle | undefined;
  let bytes = 0;

  const giveBack = (): void => {
    if (held !== undefined) room?.give(bytes);
    held = undefined;
  };

  const fits = (chunk: Buffer): boolean =>
    room !== undefined && bytes + chunk.length <= room.clipBytes && room.take(chunk.length);

  const moveToFile = async (): Promise<FileHandle> => {
    const opened = await open(partPath, 'w+', 0o600);
    file = opened;
    for (const chunk of held ?? []) await writeWhole(opened, chunk);
    giveBack();
    return opened;
  };

  return {
    async write(chunk) {
      if (held !== undefined && fits(chunk)) held.push(chunk);
      else await writeWhole(file ?? (await moveToFile()), chunk);
      bytes += chunk.length;
    },
    async readAt(offset, length) {
      if (held !== undefined) return readParts(held, offset, length);
      const { buffer, bytesRead } = await (file ?? (await moveToFile())).read({
        buffer: Buffer.alloc(length),
        position: offset,
      });
      return buffer.subarray(0, bytesRead);
    },
    async keep() {
      if (held !== undefined) {
        const content = held;
        // The room stays taken until the video is discarded.
        held = undefined;
        return { kind: 'held', content, bytes };
      }
      // After a power failure the final name must not exist without its content.
      await file?.sync();
      await file?.close();
      file = undefined;
      await rename(partPath, toPath);
      return { kind: 'saved', path: toPath, bytes };
    },
    async drop() {
      giveBack();
      await file?.close();
      file = undefined;
      await removeFile(partPath);
    },
  };
}

/**
 * Appends all bytes. The system may write fewer than requested, especially when the disk is almost
 * full.
 */
async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}
