import { isAccountAhead } from '../domain/ledger/account.ts';
import { NO_MONEY } from '../domain/ledger/task-money.ts';
import { keysOf } from '../domain/ledger/windows.ts';
import type { Windows } from '../domain/ledger/windows.ts';
import type { Ledger } from './ports/ledger-port.ts';

/** A loaded account and its current windows. */
interface AccountWindows {
  readonly key: string;
  readonly windows: Windows;
}

/**
 * Moves sums out of windows that lie in the future, opened by a wrong clock, into the current ones,
 * at once and permanently. They then expire with the current window, as a denial promises.
 */
export function foldWindows(
  ledger: Pick<Ledger, 'readCached' | 'post'>,
  accounts: readonly AccountWindows[],
  nowMs: number,
): void {
  const ahead = accounts.filter(({ key }) => {
    const account = ledger.readCached(key);
    return account !== undefined && isAccountAhead(account, nowMs);
  });
  if (ahead.length === 0) return;
  const folding = ledger.post({
    records: [],
    accounts: ahead.map(({ key, windows }) => ({
      key,
      windowKeys: keysOf(windows),
      before: NO_MONEY,
      after: NO_MONEY,
    })),
  });
  // The ledger logs the failure and still counts what the disk has; the next decision tries again.
  folding.catch(() => undefined);
}
