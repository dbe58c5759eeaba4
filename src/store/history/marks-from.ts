import type { HistoryQuery } from '../../app/ports/history-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { memberKey, memberMarkSchema, memberPrefix } from '../tasks/task-keys.ts';

/** Marks that are read at a time; each has the guild of its task. */
const MARKS_AT_A_TIME = 50;
/** Marks that are read in all: those of other guilds count as well. */
const MAX_MARKS = 5000;

/** Tasks of the guild among the marks that were read together, in the direction of reading. */
interface MarkedTasks {
  readonly ids: readonly string[];
  /** The task of the last mark, of whatever guild; `undefined` if there was none. */
  readonly lastId: string | undefined;
  /** Whether there are no more marks. */
  readonly isLast: boolean;
}

/**
 * Reads the marks of a member from where the query starts, and in its direction. Ends after
 * `MAX_MARKS`, or after the last one.
 */
export async function* marksFrom(
  records: Pick<RecordStore, 'keysUnder' | 'getMany'>,
  { memberId, guildId, start }: Omit<HistoryQuery, 'search'>,
): AsyncGenerator<MarkedTasks> {
  const prefix = memberPrefix(memberId);
  const isForwards = start.from === 'newer';
  let last = start.from === 'newest' ? undefined : memberKey({ memberId, id: start.than });
  for (let read = 0; read < MAX_MARKS; read += MARKS_AT_A_TIME) {
    const range = isForwards ? { from: `${last}\0` } : { isFromEnd: true, ...beforeOf(last) };
    const keys = await records.keysUnder(prefix, { ...range, limit: MARKS_AT_A_TIME });
    const inOrder = isForwards ? keys : keys.toReversed();
    const values = await records.getMany(inOrder);
    const ids = inOrder.flatMap((key, index) => {
      const mark = memberMarkSchema.safeParse(values[index]);
      return mark.data?.guildId === guildId ? [key.slice(prefix.length)] : [];
    });
    const isLast = keys.length < MARKS_AT_A_TIME;
    last = inOrder.at(-1) ?? last;
    yield { ids, lastId: inOrder.at(-1)?.slice(prefix.length), isLast };
    if (isLast) return;
  }
}

function beforeOf(key: string | undefined): { before?: string } {
  return key === undefined ? {} : { before: key };
}
