import type { UploadLines } from '../../app/ports/upload-lines-port.ts';
import { quarantineKey } from '../records/quarantine.ts';
import { memberKey, taskKey } from '../tasks/task-keys.ts';
import { readMarks } from './personal-data-store.ts';
import type { MemberMark } from './personal-data-store.ts';
import { pseudonymise, readLines } from './retention-store.ts';
import type { RetentionStoreDeps } from './retention-store.ts';

/** Creates the journal lines of uploads, as far as a member's marks lead to them. */
export function createUploadLines(deps: RetentionStoreDeps): UploadLines {
  const { records } = deps;
  return {
    async countOf(memberId) {
      const counts = new Map<string, number>();
      for (const { guildId } of await uploadsOf(deps, memberId)) {
        counts.set(guildId, (counts.get(guildId) ?? 0) + 1);
      }
      return counts;
    },
    async forget(memberId, { guildId, until }) {
      const gone = await uploadsOf(deps, memberId, { guildId, until });
      if (gone.length === 0) return;
      await pseudonymise(
        deps,
        gone.map(({ lineKey }) => lineKey),
      );
      await records.remove(
        gone.flatMap(({ id }) => [memberKey({ memberId, id }), quarantineKey(taskKey(id))]),
      );
    },
  };
}

/** The marks whose lines are of uploads: of all, or of those in a guild until then. */
async function uploadsOf(
  { records }: RetentionStoreDeps,
  memberId: string,
  of?: { readonly guildId: string; readonly until: number },
): Promise<MemberMark[]> {
  const marks = (await readMarks(records, memberId)).filter(
    ({ guildId }) => of === undefined || of.guildId === guildId,
  );
  const lines = await readLines(
    records,
    marks.map(({ lineKey }) => lineKey),
  );
  const keys = new Set(
    lines.flatMap(({ key, line }) =>
      line.isUpload === true && line.at <= (of?.until ?? Infinity) ? [key] : [],
    ),
  );
  return marks.filter(({ lineKey }) => keys.has(lineKey));
}
