import type { DeliveredClips } from '../app/ports/delivered-clips-port.ts';
import type { FindClip } from '../app/ports/last-frames-port.ts';
import type { MediaKeeper } from '../app/ports/media-keeper-port.ts';
import type { MediaStore } from '../app/ports/media-store-port.ts';
import type { ReferenceLengths } from '../app/ports/reference-lengths-port.ts';
import type { ReuseMedia } from '../app/ports/reuse-media-port.ts';
import type { VideoPort } from '../app/ports/video-port.ts';
import type { NamedUploadsDeps } from '../app/library/named-uploads.ts';
import type { TaskAssetsDeps } from '../app/library/task-assets.ts';
import { createReuseMedia } from '../app/reuse-media.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { LAST_CLIP_FRAME } from '../domain/routes/kept-media.ts';
import type { TaskId } from '../domain/tasks/task-id.ts';
import type { Task } from '../domain/tasks/task.ts';
import { createDeliveredClips } from '../media/clips/delivered-clips.ts';
import { createFetchFrame } from '../media/clips/fetch-frame.ts';
import { createLastFrames } from '../media/clips/last-frames.ts';
import type { LastFrameTaker } from '../media/clips/last-frames.ts';
import { createSmallerClips } from '../media/clips/smaller-clips.ts';
import { openWorkFolder } from '../media/clips/work-folder.ts';
import { createVideoFetcher } from '../media/fetch-video.ts';
import { createVideoFiles } from '../media/file-space.ts';
import type { VideoFiles } from '../media/file-space.ts';
import { createAttachmentSource } from '../media/kept/fetch-attachment.ts';
import { createFetchFile } from '../media/kept/fetch-file.ts';
import type { FetchFile } from '../media/kept/fetch-file.ts';
import { createContentHash, hashOfFile } from '../media/kept/content-hash.ts';
import { createMediaKeeper } from '../media/kept/media-keeper.ts';
import { createReferenceLengths } from '../media/lengths/reference-lengths.ts';
import { createPinnedAgent } from '../media/pinned-agent.ts';
import { createVideoPort } from '../media/video-port.ts';
import { createVideoRoom } from '../media/video-room.ts';
import type { CopyReader } from '../providers/give-copies.ts';
import { createResultKeys } from '../providers/result-keys.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { BotContext } from './bot-context.ts';
import { openFfmpeg } from './open-ffmpeg.ts';
import type { Stores } from './open-store.ts';

export interface Media {
  readonly video: VideoPort;
  readonly files: VideoFiles;
  readonly mediaKeeper: MediaKeeper;
  readonly hashOf: TaskAssetsDeps['hashOf'];
  readonly hash: NamedUploadsDeps['hash'];
  readonly clips: DeliveredClips;
  readonly lastFrames: LastFrameTaker;
  readonly reuseMedia: ReuseMedia;
  readonly lengths: ReferenceLengths;
  /** The copies that providers are given: also last frames that are not kept. */
  readonly copies: CopyReader;
  /** For providers that take files alone. */
  readonly fetchFile: FetchFile;
}

/**
 * Creates the downloader for results, with the room and the folder for them, and what is made in the
 * background: copies of attachments, and last frames.
 */
export function openMedia(
  context: Pick<BotContext, 'config' | 'resources' | 'log' | 'clock' | 'videoRoom'>,
  { media: store, tasks, shared }: Pick<Stores, 'media' | 'tasks' | 'shared'>,
  { outbound, findClip }: { readonly outbound: Outbound; readonly findClip: FindClip },
): Media {
  const { config, resources, log, clock } = context;
  const { dataDir, trustedMediaHosts: trustedHosts } = config;
  const agent = createPinnedAgent(outbound.toUntrusted);
  const homeAgent = createPinnedAgent(outbound.toConfigured);
  resources.own('media', async () => {
    agent.close();
    homeAgent.close();
  });
  const files = createVideoFiles(dataDir, shared?.instance);
  const room = createVideoRoom(context.videoRoom);
  const fetching = { agent, homeAgent, trustedHosts, keyFor: createResultKeys(config.providers) };
  const video = createVideoPort(createVideoFetcher({ ...fetching, room }), files, room);
  const source = createAttachmentSource({ agent, trustedHosts });
  const cut = createStopSignal();
  const taskOf = async (taskId: TaskId): Promise<Task | undefined> => {
    const task = await tasks.get(taskId);
    return task?.isErased === true ? undefined : task;
  };
  const exists = async (taskId: TaskId): Promise<boolean> => (await taskOf(taskId)) !== undefined;
  const background = { store, source, exists, log, signal: cut.signal };
  const mediaKeeper = createMediaKeeper(background);
  const folder = openWorkFolder({ dataDir, instance: shared?.instance, clock, log });
  const ffmpeg = openFfmpeg(context);
  const fetchFrame = createFetchFrame({ agent, trustedHosts });
  const framing = { ffmpeg, folder, fetchFrame, taskOf, findClip };
  const lastFrames = createLastFrames({ ...background, ...framing });
  const making = { ...background, ffmpeg, folder, frames: lastFrames };
  const smaller = createSmallerClips({
    ...making,
    fetchVideo: createVideoFetcher(fetching),
  });
  const clips = createDeliveredClips({ ...making, smaller, video });
  const reuseMedia = createReuseMedia({ media: store, probe: source, clock });
  const lengths = createReferenceLengths({ store, source });
  resources.own('work on media', async () => {
    cut.abort();
    await Promise.all([mediaKeeper.settled(), clips.settled(), lastFrames.settled()]);
  });
  const hashOf = createContentHash({ ...background, clock, random: Math.random });
  const hash: Media['hash'] = async (file, signal) => hashOfFile(source, file, signal);
  const fetchFile = createFetchFile({ source, log });
  return {
    video,
    files,
    mediaKeeper,
    hashOf,
    hash,
    clips,
    lastFrames,
    reuseMedia,
    lengths,
    copies: withLastFrames(store, lastFrames),
    fetchFile,
  };
}

/** The copies, with last frames that are held in memory or taken again. */
function withLastFrames(
  store: Pick<MediaStore, 'read'>,
  lastFrames: Pick<LastFrameTaker, 'read'>,
): CopyReader {
  return {
    read: async (reference, signal) =>
      reference.option === LAST_CLIP_FRAME
        ? lastFrames.read(reference, signal)
        : store.read(reference),
  };
}
