import { DAY_MS } from '../../domain/time-units.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Clock } from '../ports/core.ts';
import type { Notices } from '../ports/notice-port.ts';
import type { VideoReports } from '../ports/video-reports-port.ts';

export interface ReportDeps {
  readonly reports: VideoReports;
  readonly notices: Pick<Notices, 'report'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What became of a report. */
export type Reported = 'reported' | 'known' | 'too-many' | 'no-message';

/** How many videos one member may report in a day. */
const MAX_A_DAY = 5;

/** Tells the admins of a video that a member reports: once each video, five a day. */
export async function reportVideo(
  { reports, notices, clock }: ReportDeps,
  task: Task,
  reporterId: string,
): Promise<Reported> {
  const messageId = task.address.repostId ?? task.address.messageId;
  if (messageId === undefined) return 'no-message';
  const now = clock.now();
  const before = await reports.ofMember(reporterId);
  if (before.some(({ taskId }) => taskId === task.id)) return 'known';
  if (before.filter(({ at }) => at > now - DAY_MS).length >= MAX_A_DAY) return 'too-many';
  // First, so that a report is never made twice.
  await reports.add({ memberId: reporterId, taskId: task.id, at: now });
  await notices.report(task, reporterId, messageId);
  return 'reported';
}
