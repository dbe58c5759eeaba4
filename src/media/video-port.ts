import { stat } from 'node:fs/promises';
import type { VideoPort } from '../app/ports/video-port.ts';
import { isShowableAddress } from './address-rules.ts';
import type { VideoFiles } from './file-space.ts';
import type { FetchVideo } from './fetch-video.ts';

/** Results as files of their tasks. */
export function createVideoPort(fetchVideo: FetchVideo, files: VideoFiles): VideoPort {
  return {
    async fetch({ taskId, url, maxBytes, signal }) {
      const path = files.pathFor(taskId);
      const bytes = await sizeOf(path);
      // A file takes its name when it is whole: what is there was fetched before a restart.
      if (bytes !== undefined && bytes <= maxBytes) return { kind: 'saved', path, bytes };
      return fetchVideo({ url, toPath: path, maxBytes, signal });
    },
    discard: files.remove,
    isShowable: isShowableAddress,
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    // Not there, or not readable: it is fetched again either way.
    return undefined;
  }
}
