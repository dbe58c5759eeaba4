import type { ConfirmationStore } from '../../app/ports/confirmation-port.ts';
import type { DeletedData, PersonalDataStore } from '../../app/ports/personal-data-port.ts';
import type { PreferencesStore } from '../../app/ports/preferences-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { pagesUnder } from '../records/pages-under.ts';
import { quarantineKey } from '../records/quarantine.ts';
import { journalKeyOf } from '../tasks/journal.ts';
import { clicksOf } from '../tasks/click-claims.ts';
import { reportsOf } from '../tasks/video-reports.ts';
import {
  deleteKey,
  memberKey,
  memberMarkSchema,
  memberPrefix,
  taskKey,
} from '../tasks/task-keys.ts';
import { readTasks } from './read-tasks.ts';
import { isDeletable, pseudonymise, readLines, removeTasks } from './retention-store.ts';
import type { RetentionStoreDeps } from './retention-store.ts';

export function createPersonalDataStore(
  deps: RetentionStoreDeps,
  confirmations: Pick<ConfirmationStore, 'ofMember' | 'remove'>,
  preferences: Pick<PreferencesStore, 'get' | 'delete'>,
): PersonalDataStore {
  const { records } = deps;
  return {
    async read(memberId) {
      const pending = await confirmations.ofMember(memberId);
      return {
        tasks: tasksOf(deps, memberId),
        lines: linesOf(records, memberId),
        pending,
        preferences: await preferences.get(memberId),
      };
    },
    async delete(memberId): Promise<DeletedData> {
      const pending = await confirmations.ofMember(memberId);
      await confirmations.remove(pending.map(({ id }) => id));
      await records.remove(await records.keysUnder(clicksOf(memberId)));
      await records.remove(await records.keysUnder(reportsOf(memberId)));
      const counts = { tasks: 0, later: 0, lines: 0, pending: pending.length };
      const sum = { ...counts, preferences: await preferences.delete(memberId) };
      for await (const marks of pagesOfMarks(records, memberId)) {
        const gone = await deleteMarked(deps, memberId, marks);
        sum.tasks += gone.tasks;
        sum.later += gone.later;
        sum.lines += gone.lines;
      }
      return sum;
    },
  };
}

/**
 * Deletes a page of a member's data; what is unfinished or held is only marked. Lines of uploads are left
 * to the processes of their guilds (`UploadLines`).
 */
async function deleteMarked(
  deps: RetentionStoreDeps,
  memberId: string,
  marks: readonly MemberMark[],
): Promise<Pick<DeletedData, 'tasks' | 'later' | 'lines'>> {
  const { records, media } = deps;
  const { tasks } = await readTasks(
    deps,
    marks.map(({ id }) => id),
  );
  const later = new Set<string>(tasks.filter((task) => !isDeletable(task)).map(({ id }) => id));
  const uploads = await uploadKeysOf(records, marks);
  const now = marks.filter(({ id, lineKey }) => !later.has(id) && !uploads.has(lineKey));
  await records.write([...later].map((id) => ({ key: deleteKey(id), value: 1 })));
  const lines = await pseudonymise(
    deps,
    now.map(({ lineKey }) => lineKey),
  );
  const gone = tasks.filter(isDeletable);
  await removeTasks(deps, gone);
  await media.delete(now.map(({ id }) => id));
  // Also what of them is damaged: no other way leads to it.
  await records.remove(
    now.flatMap(({ id }) => [taskKey(id), quarantineKey(taskKey(id)), memberKey({ memberId, id })]),
  );
  return {
    tasks: gone.filter(({ isErased }) => isErased !== true).length,
    later: later.size,
    lines,
  };
}

async function uploadKeysOf(
  records: RecordStore,
  marks: readonly MemberMark[],
): Promise<ReadonlySet<string>> {
  const lines = await readLines(
    records,
    marks.map(({ lineKey }) => lineKey),
  );
  return new Set(lines.flatMap(({ key, line }) => (line.isUpload === true ? [key] : [])));
}

async function* tasksOf(
  deps: RetentionStoreDeps,
  memberId: string,
): AsyncGenerator<readonly Task[]> {
  for await (const marks of pagesOfMarks(deps.records, memberId)) {
    const { tasks } = await readTasks(
      deps,
      marks.map(({ id }) => id),
    );
    yield tasks;
  }
}

async function* linesOf(
  records: RecordStore,
  memberId: string,
): AsyncGenerator<readonly JournalLine[]> {
  for await (const marks of pagesOfMarks(records, memberId)) {
    const lines = await readLines(
      records,
      marks.map(({ lineKey }) => lineKey),
    );
    yield lines.map(({ line }) => line);
  }
}

/** Of a task of a member, or of an upload. */
export interface MemberMark {
  readonly id: string;
  readonly guildId: string;
  readonly lineKey: string;
}

/** A task may have a prompt of 5000 characters and the addresses of many media. */
const MARKS_PER_PAGE = 50;

/** Of a member's tasks, over all guilds, as long as their journal lines are kept. */
export async function readMarks(records: RecordStore, memberId: string): Promise<MemberMark[]> {
  const all: MemberMark[] = [];
  for await (const marks of pagesOfMarks(records, memberId)) all.push(...marks);
  return all;
}

async function* pagesOfMarks(
  records: RecordStore,
  memberId: string,
): AsyncGenerator<readonly MemberMark[]> {
  const prefix = memberPrefix(memberId);
  for await (const { keys, values } of pagesUnder(records, prefix, MARKS_PER_PAGE)) {
    yield keys.flatMap((key, index) => {
      const id = key.slice(prefix.length);
      const mark = memberMarkSchema.safeParse(values[index]);
      if (!mark.success) return [];
      const { guildId, month } = mark.data;
      return [{ id, guildId, lineKey: journalKeyOf(guildId, month, id) }];
    });
  }
}
