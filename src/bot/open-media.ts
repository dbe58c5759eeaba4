import type { VideoPort } from '../app/ports/video-port.ts';
import type { Config } from '../config/config.ts';
import { createVideoFetcher } from '../media/fetch-video.ts';
import { createVideoFiles } from '../media/file-space.ts';
import type { VideoFiles } from '../media/file-space.ts';
import { createPinnedAgent } from '../media/pinned-agent.ts';
import { createVideoPort } from '../media/video-port.ts';
import type { Resources } from './resources.ts';

/** Creates the downloader for results and the folder for their files. */
export function openMedia(
  { dataDir, trustedMediaHosts: trustedHosts }: Config,
  resources: Resources,
): { readonly video: VideoPort; readonly files: VideoFiles } {
  const dispatcher = createPinnedAgent({ trustedHosts });
  resources.own('media', async () => dispatcher.close());
  const files = createVideoFiles(dataDir);
  return { video: createVideoPort(createVideoFetcher({ dispatcher, trustedHosts }), files), files };
}
