import type { Account as StoredAccount } from '../../../domain/ledger/account.ts';
import { formatMoney } from '../../../domain/ledger/money.ts';
import { WINDOW_KINDS } from '../../../domain/ledger/windows.ts';
import type { Account, Counts } from '../protocol/panel.ts';

/** An account as the side panel shows it. */
export function seeAccount(
  whose: Pick<Account, 'guildId' | 'personId'>,
  account: StoredAccount,
  currency: string,
): Account {
  return {
    ...whose,
    windows: WINDOW_KINDS.map((window) => {
      const { key, used, reserved, held } = account[window];
      return {
        window,
        since: window === 'total' ? '' : key,
        used: seeCounts(used, currency),
        reserved: seeCounts(reserved, currency),
        held: seeCounts(held, currency),
      };
    }),
  };
}

type StoredCounts = StoredAccount['day']['used'];

function seeCounts({ videos, seconds, cost, unpriced }: StoredCounts, currency: string): Counts {
  return {
    videos: Number(videos),
    seconds: Number(seconds),
    cost: formatMoney(cost, currency),
    unpriced: Number(unpriced),
  };
}
