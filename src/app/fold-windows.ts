import { isAccountAhead } from '../domain/ledger/account.ts';
import { NO_MONEY } from '../domain/ledger/task-money.ts';
import { keysOf } from '../domain/ledger/windows.ts';
import type { Windows } from '../domain/ledger/windows.ts';
import type { Ledger } from './ports/ledger-port.ts';

/** A loaded account, and the windows that run for it now. */
interface Running {
  readonly key: string;
  readonly windows: Windows;
}

/**
 * Takes the sums of accounts whose window lies ahead, opened by a wrong clock, into the running one,
 * in memory at once and for good: there they end with it, as a refusal promises.
 */
export function foldWindows(
  ledger: Pick<Ledger, 'readCached' | 'post'>,
  accounts: readonly Running[],
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
  // The ledger logs it, and counts as the disk does: then it is done with the next decision.
  folding.catch(() => undefined);
}
