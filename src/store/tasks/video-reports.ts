import { z } from 'zod';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import type { VideoReports } from '../../app/ports/video-reports-port.ts';

export const REPORT_PREFIX = 'report:';
/** The prefix of the reports of one member. */
export const reportsOf = (memberId: string): string => `${REPORT_PREFIX}${memberId}:`;

export const storedReportSchema = z.object({ at: z.number() });

/** Whether a report was made before an instant; a damaged one is left to the record check. */
export function isReportBefore(value: unknown, beforeMs: number): boolean {
  const at = storedReportSchema.safeParse(value).data?.at;
  return at !== undefined && at < beforeMs;
}

/** Creates the store of reports. */
export function createVideoReports(records: RecordStore): VideoReports {
  return {
    async ofMember(memberId) {
      const prefix = reportsOf(memberId);
      const keys = await records.keysUnder(prefix);
      const values = await records.getMany(keys);
      return keys.flatMap((key, index) => {
        const stored = storedReportSchema.safeParse(values[index]).data;
        const taskId = key.slice(prefix.length);
        return stored === undefined ? [] : [{ memberId, taskId, at: stored.at }];
      });
    },
    add: async ({ memberId, taskId, at }) =>
      records.write([{ key: `${reportsOf(memberId)}${taskId}`, value: { at } }]),
  };
}
