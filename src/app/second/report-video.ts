import { isAhead } from '../../domain/recorded-times.ts';
import { DAY_MS } from '../../domain/time-units.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { createInOrder } from '../in-order.ts';
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

export type ReportVideo = (task: Task, reporterId: string) => Promise<Reported>;

/**
 * Creates the function that tells the admins of a video that a member reports: once each video, five
 * a day. A member's reports are counted one after the other, so that clicks at once add up.
 */
export function createReportVideo({ reports, notices, clock }: ReportDeps): ReportVideo {
  const inOrder = createInOrder();

  async function count({ id: taskId }: Task, memberId: string): Promise<Reported> {
    const at = clock.now();
    const before = await reports.ofMember(memberId);
    if (before.some((report) => report.taskId === taskId)) return 'known';
    const today = before.filter((report) => report.at > at - DAY_MS && !isAhead(report.at, at));
    if (today.length >= MAX_A_DAY) return 'too-many';
    await reports.add({ memberId, taskId, at });
    return 'reported';
  }

  return async (task, reporterId) => {
    const messageId = task.address.repostId ?? task.address.messageId;
    if (messageId === undefined) return 'no-message';
    // First, so that a report is never made twice.
    const counted = await inOrder(reporterId, async () => count(task, reporterId));
    if (counted === 'reported') await notices.report(task, reporterId, messageId);
    return counted;
  };
}
