import type { FetchedVideo, SavedVideo, VideoPort } from '../../src/app/ports/video-port.ts';

export interface MemoryVideo {
  readonly port: VideoPort;
  readonly fetched: string[];
  /** The providers whose keys were asked for, one a fetch. */
  readonly keysOf: (string | undefined)[];
  /** Files that are on disk now, by task. */
  readonly files: Set<string>;
  /** Answers of the next fetches; afterwards everything is saved. */
  readonly answers: FetchedVideo[];
  /** Downloads from these hosts never end, until a stop aborts them. */
  readonly silentHosts: Set<string>;
  isShowable: boolean;
}

export function memoryVideo(): MemoryVideo {
  const fetched: string[] = [];
  const keysOf: (string | undefined)[] = [];
  const files = new Set<string>();
  const saved = new Map<string, SavedVideo>();
  const answers: FetchedVideo[] = [];
  const silentHosts = new Set<string>();
  const video: MemoryVideo = {
    fetched,
    keysOf,
    files,
    answers,
    silentHosts,
    isShowable: true,
    port: {
      async fetch({ taskId, url, withKeyOf, signal }) {
        fetched.push(url);
        keysOf.push(withKeyOf);
        if (silentHosts.has(new URL(url).host)) await aborted(signal);
        const answer = answers.shift() ?? defaultFile();
        if (answer.kind !== 'saved') return answer;
        files.add(taskId);
        saved.set(taskId, answer);
        return answer;
      },
      find: async (taskId) =>
        files.has(taskId) ? (saved.get(taskId) ?? defaultFile()) : undefined,
      moveOut: async (taskId) => files.delete(taskId),
      async discard(taskId) {
        files.delete(taskId);
      },
      isShowable: () => video.isShowable,
    },
  };
  return video;
}

const defaultFile = (): SavedVideo => ({
  kind: 'saved',
  content: new Blob(['a video'], { type: 'video/mp4' }),
});

/** Rejects when the signal is aborted, and never resolves. */
async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}
