import type { Log } from '../../app/ports/core.ts';
import type { DeliveredClips } from '../../app/ports/delivered-clips-port.ts';
import type { VideoPort } from '../../app/ports/video-port.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { createJobQueue } from './job-queue.ts';
import type { LastFrameTaker } from './last-frames.ts';
import type { SmallerClips } from './smaller-clips.ts';
import type { WorkFolder } from './work-folder.ts';

interface DeliveredClipsDeps {
  readonly frames: Pick<LastFrameTaker, 'isKeeping' | 'take' | 'takeGiven'>;
  readonly smaller: SmallerClips;
  readonly video: Pick<VideoPort, 'moveOut'>;
  readonly folder: WorkFolder;
  /** Whether a task was not deleted meanwhile. */
  readonly exists: (taskId: TaskId) => Promise<boolean>;
  readonly log: Log;
  /** Kills what a stop finds. */
  readonly signal: AbortSignal;
}

/** Clips that wait for their last frame; each is a file. It can be taken again later. */
const MAX_WAITING_FRAMES = 20;

/** Makes last frames of delivered clips, one after the other. */
export function createDeliveredClips(deps: DeliveredClipsDeps): DeliveredClips {
  const { frames, smaller, video, folder, exists, log, signal } = deps;
  const queue = createJobQueue(MAX_WAITING_FRAMES);

  const logTooMany = (taskId: TaskId): void => {
    log.warn({ taskId }, 'last frame not taken: too many clips wait for it');
  };

  /** From its provider, which has it as it was made; else from the clip. */
  async function takeFrame({ id: taskId, secrets }: Task, path: string): Promise<void> {
    const { lastFrameUrl: url } = secrets;
    try {
      if (signal.aborted || !(await exists(taskId))) return;
      const given = url === undefined ? undefined : await frames.takeGiven(taskId, url, signal);
      if (given === undefined && !signal.aborted) await frames.take(taskId, path, signal);
    } catch (cause) {
      log.warn({ err: cause, taskId }, 'last frame not taken');
    } finally {
      await folder.remove(path);
    }
  }

  return {
    async delivered(task) {
      const { id } = task;
      if (!frames.isKeeping || signal.aborted) return;
      // A clip in memory would be written to the disk for nothing.
      if (queue.isFull()) return logTooMany(id);
      const path = folder.newPath(id);
      try {
        if (!(await video.moveOut(id, path))) return;
        if (queue.add(async () => takeFrame(task, path))) return;
        logTooMany(id);
      } catch (cause) {
        log.warn({ err: cause, taskId: id }, 'clip for a last frame not kept');
      }
      await folder.remove(path);
    },
    linked(task, copy) {
      smaller.add(task, copy);
    },
    isMaking: (taskId) => smaller.isMaking(taskId),
    async settled() {
      await Promise.all([queue.settled(), smaller.settled()]);
    },
  };
}
