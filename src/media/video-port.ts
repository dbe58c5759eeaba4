import { stat } from 'node:fs/promises';
import type { VideoPort } from '../app/ports/video-port.ts';
import { isShowableAddress } from './address-rules.ts';
import type { VideoFiles } from './file-space.ts';
import type { FetchVideo } from './fetch-video.ts';
import { readOddCodec } from './read-codec.ts';

/** Downloads results to the files of their tasks. */
export function createVideoPort(fetchVideo: FetchVideo, files: VideoFiles): VideoPort {
  const find: VideoPort['find'] = async (taskId, maxBytes) => {
    const path = files.pathFor(taskId);
    const bytes = await sizeOf(path);
    // A file gets its name only when it is complete, so this one was downloaded before a restart.
    if (bytes === undefined || bytes > maxBytes) return undefined;
    return { kind: 'saved', path, bytes, codec: await readOddCodec(path) };
  };
  return {
    find,
    async fetch({ taskId, url, maxBytes, signal }) {
      const found = await find(taskId, maxBytes);
      if (found !== undefined) return found;
      const toPath = files.pathFor(taskId);
      const fetched = await fetchVideo({ url, toPath, maxBytes, signal });
      return fetched.kind === 'saved' ? { ...fetched, codec: await readOddCodec(toPath) } : fetched;
    },
    discard: files.remove,
    isShowable: isShowableAddress,
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    // Missing or unreadable: it is downloaded again in both cases.
    return undefined;
  }
}
