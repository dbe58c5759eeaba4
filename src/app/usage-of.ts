import { countsIn, emptyAccount } from '../domain/ledger/account.ts';
import type { Usage } from '../domain/ledger/amounts.ts';
import type { WindowKeys } from '../domain/ledger/windows.ts';
import type { Ledger } from './ports/ledger-port.ts';

/** The sums of these windows in a loaded account: used, reserved and held together. */
export function usageOf(ledger: Pick<Ledger, 'readCached'>, key: string, keys: WindowKeys): Usage {
  return countsIn(ledger.readCached(key) ?? emptyAccount(keys), keys);
}
