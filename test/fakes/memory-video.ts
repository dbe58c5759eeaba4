import type { FetchedVideo, VideoPort } from '../../src/app/ports/video-port.ts';

export interface MemoryVideo {
  readonly port: VideoPort;
  readonly fetched: string[];
  /** Files that are on disk now, by task. */
  readonly files: Set<string>;
  /** Answers of the next fetches; afterwards everything is saved. */
  readonly answers: FetchedVideo[];
  isShowable: boolean;
}

export function memoryVideo(): MemoryVideo {
  const fetched: string[] = [];
  const files = new Set<string>();
  const answers: FetchedVideo[] = [];
  const video: MemoryVideo = {
    fetched,
    files,
    answers,
    isShowable: true,
    port: {
      async fetch({ taskId, url }) {
        fetched.push(url);
        const answer = answers.shift() ?? {
          kind: 'saved',
          content: new Blob(['a video'], { type: 'video/mp4' }),
        };
        if (answer.kind === 'saved') files.add(taskId);
        return answer;
      },
      async discard(taskId) {
        files.delete(taskId);
      },
      isShowable: () => video.isShowable,
    },
  };
  return video;
}
