import type { VideoPort } from '../app/ports/video-port.ts';
import { createVideoFetcher } from '../media/fetch-video.ts';
import { createVideoFiles } from '../media/file-space.ts';
import type { VideoFiles } from '../media/file-space.ts';
import { createPinnedAgent } from '../media/pinned-agent.ts';
import { createVideoPort } from '../media/video-port.ts';
import { createVideoRoom } from '../media/video-room.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { BotContext } from './bot-context.ts';

/** Creates the downloader for results, and the room and the folder for them. */
export function openMedia(
  { config, resources }: Pick<BotContext, 'config' | 'resources'>,
  outbound: Outbound,
): { readonly video: VideoPort; readonly files: VideoFiles } {
  const { dataDir, trustedMediaHosts: trustedHosts } = config;
  const agent = createPinnedAgent(outbound.toUntrusted);
  resources.own('media', async () => agent.close());
  const files = createVideoFiles(dataDir);
  const room = createVideoRoom();
  const fetchVideo = createVideoFetcher({ agent, trustedHosts, room });
  return { video: createVideoPort(fetchVideo, files, room), files };
}
