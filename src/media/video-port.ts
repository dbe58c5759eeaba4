import { stat } from 'node:fs/promises';
import type { VideoPort } from '../app/ports/video-port.ts';
import { isShowableAddress } from './address-rules.ts';
import type { VideoFiles } from './file-space.ts';
import type { FetchResult } from './fetch-result.ts';
import type { FetchVideo } from './fetch-video.ts';
import { readOddCodec } from './read-codec.ts';

/** Downloads results to the files of their tasks. */
export function createVideoPort(fetchVideo: FetchVideo, files: VideoFiles): VideoPort {
  return {
    async fetch({ taskId, url, maxBytes, signal }) {
      const path = files.pathFor(taskId);
      const bytes = await sizeOf(path);
      // A file gets its name only when it is complete, so this one was downloaded before a restart.
      const fetched: FetchResult =
        bytes !== undefined && bytes <= maxBytes
          ? { kind: 'saved', path, bytes }
          : await fetchVideo({ url, toPath: path, maxBytes, signal });
      return fetched.kind === 'saved' ? { ...fetched, codec: await readOddCodec(path) } : fetched;
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
