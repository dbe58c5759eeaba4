import { stat } from 'node:fs/promises';
import type { VideoPort } from '../app/ports/video-port.ts';
import { isShowableAddress } from './address-rules.ts';
import type { VideoFiles } from './file-space.ts';
import type { FetchVideo } from './fetch-video.ts';

/** Downloads results to the files of their tasks. */
export function createVideoPort(fetchVideo: FetchVideo, files: VideoFiles): VideoPort {
  const find: VideoPort['find'] = async (taskId, maxBytes) => {
    const path = files.pathFor(taskId);
    const bytes = await sizeOf(path);
    // A file gets its name only when it is complete, so this one was downloaded before a restart.
    return bytes !== undefined && bytes <= maxBytes ? { kind: 'saved', path, bytes } : undefined;
  };
  return {
    find,
    fetch: async ({ taskId, url, maxBytes, signal }) =>
      (await find(taskId, maxBytes)) ??
      fetchVideo({ url, toPath: files.pathFor(taskId), maxBytes, signal }),
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
