import type { Task } from '../../domain/tasks/task.ts';
import { eraseVideo } from './erase-video.ts';
import type { EraseDeps, Erased } from './erase-video.ts';
import { createReportVideo } from './report-video.ts';
import type { ReportDeps, ReportVideo } from './report-video.ts';
import { shareVideo } from './share-video.ts';
import type { ShareDeps, Shared } from './share-video.ts';

/** What can be done to a video besides making another one. All reject if the store does not answer. */
export interface VideoActions {
  readonly share: (task: Task) => Promise<Shared>;
  readonly report: ReportVideo;
  readonly erase: (task: Task) => Promise<Erased>;
}

export function createVideoActions(deps: EraseDeps & ShareDeps & ReportDeps): VideoActions {
  return {
    share: async (task) => shareVideo(deps, task),
    report: createReportVideo(deps),
    erase: async (task) => eraseVideo(deps, task),
  };
}
