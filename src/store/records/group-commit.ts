/** A record as text; without a value its key is removed. */
export interface Row {
  readonly key: string;
  readonly value: string | undefined;
}

interface Batch<R> {
  readonly rows: readonly R[];
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** The maximum of rows in one statement; SQLite accepts 32,766 variables, and a row needs two. */
const MAX_ROWS = 1000;

/**
 * Creates a commit function whose batches share commits: those that arrive during a commit go into
 * the next one, because a durable commit costs one disk flush for one row or for hundreds. A batch is
 * never split, so it stays atomic.
 */
export function createGroupCommit<R = Row>(
  commit: (rows: readonly R[]) => Promise<void>,
): (rows: readonly R[]) => Promise<void> {
  let waiting: Batch<R>[] = [];
  let isCommitting = false;

  function takeGroup(): Batch<R>[] {
    let rows = 0;
    let count = 0;
    for (const batch of waiting) {
      if (count > 0 && rows + batch.rows.length > MAX_ROWS) break;
      rows += batch.rows.length;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  }

  async function commitAll(): Promise<void> {
    isCommitting = true;
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        await commit(group.flatMap((batch) => batch.rows));
        for (const batch of group) batch.done();
      } catch (cause) {
        for (const batch of group) batch.failed(cause);
      }
    }
    isCommitting = false;
  }

  return async (rows) =>
    new Promise((done, failed) => {
      waiting.push({ rows, done, failed });
      if (!isCommitting) void commitAll();
    });
}
