import type { Account as StoredAccount } from '../../../domain/ledger/account.ts';
import { formatMoney } from '../../../domain/ledger/money.ts';
import { WINDOW_KINDS } from '../../../domain/ledger/windows.ts';
import type { Account, Counts } from '../protocol/panel.ts';

/** Converts a stored account for the side panel. */
export function viewAccount(
  owner: Pick<Account, 'guildId' | 'personId'>,
  account: StoredAccount,
  currency: string,
): Account {
  return {
    ...owner,
    windows: WINDOW_KINDS.map((window) => {
      const { key, used, reserved, held } = account[window];
      return {
        window,
        since: window === 'total' ? '' : key,
        used: viewCounts(used, currency),
        reserved: viewCounts(reserved, currency),
        held: viewCounts(held, currency),
      };
    }),
  };
}

type StoredCounts = StoredAccount['day']['used'];

function viewCounts({ videos, seconds, cost, unpriced }: StoredCounts, currency: string): Counts {
  return {
    videos: Number(videos),
    seconds: Number(seconds),
    cost: formatMoney(cost, currency),
    unpriced: Number(unpriced),
  };
}
