import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { GroupRule } from './lanes.ts';

/**
 * How many steps of a lane run at once: polls are short, uploads use bandwidth. For creates, the
 * provider queues decide.
 */
const LANE_LIMITS = { prepare: 16, poll: 16, download: 8, upload: 8, notify: 8 } as const;

/** How many downloads of one provider run at once, from all hosts together. */
const DOWNLOADS_PER_PROVIDER = 32;

/**
 * The lane of a task's next step. Creates, polls and downloads have lanes by provider, downloads also
 * by the host of the result, because each of these may hang. Uploads and text edits go to Discord.
 */
export function laneOf(task: Task, isDownloaded: boolean): string {
  const { stage } = task;
  switch (stage.name) {
    case 'queued':
    case 'submitting':
      return `create:${providerOf(task)}`;
    case 'preparing':
      return `prepare:${providerOf(task)}`;
    case 'running':
      return `poll:${providerOf(task)}`;
    case 'delivering':
      if (stage.asLink || task.secrets.resultUrl === undefined) return 'notify';
      return isDownloaded ? 'upload' : `download:${providerOf(task)}:${hostOf(task)}`;
    case 'acknowledging':
    case 'notifying':
    case 'ended':
      return 'notify';
  }
}

/**
 * Whether a cancellation waits for the end of a step in this lane: it sends nothing that makes or
 * shows a video. Polls count where a provider can cancel what it has.
 */
export function isCancelledAfter(lane: string, cancels: (provider: string) => boolean): boolean {
  const [kind, provider = ''] = lane.split(':');
  return kind === 'prepare' || (kind === 'poll' && cancels(provider));
}

/** The host of a result, with its port; empty when its address is not a URL. */
function hostOf({ secrets: { resultUrl = '' } }: Task): string {
  return URL.canParse(resultUrl) ? new URL(resultUrl).host : '';
}

/** The limit of a lane; `concurrency` is a provider's limit for creates. */
export function laneLimit(lane: string, concurrency: (provider: string) => number): number {
  const [kind, provider = ''] = lane.split(':');
  if (kind === 'create') return concurrency(provider);
  return kind === 'prepare' || kind === 'poll' || kind === 'download' || kind === 'upload'
    ? LANE_LIMITS[kind]
    : LANE_LIMITS.notify;
}

/** The group of a lane: all downloads of a provider, so that it cannot use up the open files. */
export function laneGroup(lane: string): GroupRule | undefined {
  const [kind, provider = ''] = lane.split(':');
  if (kind !== 'download') return undefined;
  return { name: `${kind}:${provider}`, limit: DOWNLOADS_PER_PROVIDER };
}
