interface Batch<T> {
  readonly items: readonly T[];
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** Items in one statement; SQLite takes 32,766 variables, and a row has two. */
const MAX_ITEMS = 1000;

/**
 * Batches that arrive while a commit is under way share the next one: a durable commit costs
 * a disk flush whether it carries one row or hundreds. A batch is never split, so it stays atomic.
 */
export function createGroupCommit<T>(
  commit: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  let waiting: Batch<T>[] = [];
  let isCommitting = false;

  function takeGroup(): Batch<T>[] {
    let items = 0;
    let count = 0;
    for (const batch of waiting) {
      if (count > 0 && items + batch.items.length > MAX_ITEMS) break;
      items += batch.items.length;
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
        // Commits are made one after the other: that is the point.
        // oxlint-disable-next-line no-await-in-loop -- each waits for the one before
        await commit(group.flatMap((batch) => batch.items));
        for (const batch of group) batch.done();
      } catch (cause) {
        for (const batch of group) batch.failed(cause);
      }
    }
    isCommitting = false;
  }

  return async (items) =>
    new Promise((done, failed) => {
      waiting.push({ items, done, failed });
      if (!isCommitting) void commitAll();
    });
}
