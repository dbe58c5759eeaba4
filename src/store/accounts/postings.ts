import type { Posting } from '../../app/ports/ledger-port.ts';

interface Waiting {
  done: () => void;
  failed: (cause: unknown) => void;
}

/** A posting that waits for its commit. */
export interface Pending extends Waiting {
  readonly posting: Posting;
}

/** Accounts to delete, queued in order with the postings. */
export interface Removal extends Waiting {
  readonly keys: readonly string[];
}

export type Item = Pending | Removal;

/** The maximum of postings in one commit, which keeps a statement within SQLite's limits. */
const MAX_POSTINGS = 200;

/** Resolves when a posting or removal is written or has failed. */
export async function settled(item: Item): Promise<void> {
  const { done, failed } = item;
  return new Promise((resolve) => {
    item.done = () => {
      done();
      resolve();
    };
    item.failed = (cause) => {
      failed(cause);
      resolve();
    };
  });
}

/**
 * Whether an item makes a new reservation, which is counted at once. Later changes may return money
 * and are counted when they are written.
 */
export function isReservation(item: Item): item is Pending {
  return 'posting' in item && item.posting.accounts.some(({ before }) => before.state === 'none');
}

/** The postings that share the next commit; none if a removal is next, which runs alone. */
export function postingsAtHead(waiting: readonly Item[]): Pending[] {
  const group: Pending[] = [];
  for (const item of waiting.slice(0, MAX_POSTINGS)) {
    if ('keys' in item) break;
    group.push(item);
  }
  return group;
}

/** The accounts that an item changes or deletes. */
export function keysOfItem(item: Item): readonly string[] {
  return 'posting' in item ? accountKeysOf(item) : item.keys;
}

/** The accounts that a posting changes. */
export function accountKeysOf({ posting }: Pending): string[] {
  return posting.accounts.map(({ key }) => key);
}
