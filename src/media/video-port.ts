import { existsSync, openAsBlob } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { SavedVideo, VideoContent, VideoPort } from '../app/ports/video-port.ts';
import { errorCode } from '../domain/error-code.ts';
import { isShowableAddress } from '../outbound/address-rules.ts';
import type { VideoFiles } from './file-space.ts';
import type { FetchVideo } from './fetch-video.ts';
import { readOddCodec } from './read-codec.ts';
import type { VideoRoom } from './video-room.ts';

/** A video in memory. */
interface HeldVideo {
  readonly content: readonly Uint8Array[];
  readonly saved: Promise<SavedVideo>;
  readonly bytes: number;
}

/** Downloads the results of tasks. Small ones are held in `room`, the others are files. */
export function createVideoPort(
  fetchVideo: FetchVideo,
  files: VideoFiles,
  room: VideoRoom,
): VideoPort {
  const held = new Map<string, HeldVideo>();

  const release = (taskId: string): boolean => {
    room.give(held.get(taskId)?.bytes ?? 0);
    return held.delete(taskId);
  };

  // Complete in both cases: a file gets its name only then. It may be older than a restart.
  const find: VideoPort['find'] = async (taskId, maxBytes) => {
    const inMemory = held.get(taskId);
    if (inMemory !== undefined) return inMemory.bytes <= maxBytes ? inMemory.saved : undefined;
    const file = await openFile(files.pathFor(taskId));
    return file !== undefined && file.size <= maxBytes ? saved(file) : undefined;
  };

  return {
    find,
    async fetch({ taskId, maxBytes, ...what }) {
      const found = await find(taskId, maxBytes);
      if (found !== undefined) return found;
      const path = files.pathFor(taskId);
      release(taskId);
      const fetched = await fetchVideo({ ...what, toPath: path, maxBytes });
      if (fetched.kind === 'held') {
        const { content, bytes } = fetched;
        const video = { content, saved: saved(content), bytes };
        // Without an `await` before: a discard must find it.
        held.set(taskId, video);
        return video.saved;
      }
      if (fetched.kind !== 'saved') return fetched;
      const file = await openFile(path);
      return file === undefined ? { kind: 'try-again', detail: 'the file is gone' } : saved(file);
    },
    async moveOut(taskId, toPath) {
      const video = held.get(taskId);
      if (video === undefined) return moveFile(files.pathFor(taskId), toPath);
      await writeFile(toPath, video.content, { mode: 0o600 });
      release(taskId);
      return true;
    },
    async discard(taskId) {
      if (!release(taskId)) await files.remove(taskId);
    },
    isShowable: isShowableAddress,
  };
}

async function saved(content: VideoContent): Promise<SavedVideo> {
  return { kind: 'saved', content, codec: await readOddCodec(content) };
}

/** Whether the file was there. */
async function moveFile(path: string, toPath: string): Promise<boolean> {
  try {
    await rename(path, toPath);
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
}

/** A video on the disk, which is read when it is sent. */
async function openFile(path: string): Promise<Blob | undefined> {
  // Before every download there is none. The error that says so costs more than asking first.
  if (!existsSync(path)) return undefined;
  try {
    return await openAsBlob(path, { type: 'video/mp4' });
  } catch {
    // Missing or unreadable: it is downloaded again.
    return undefined;
  }
}
