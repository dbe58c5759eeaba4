import { reservationKeys } from '../domain/ledger/account.ts';
import type { Usage } from '../domain/ledger/amounts.ts';
import { keysOf } from '../domain/ledger/windows.ts';
import type { Windows } from '../domain/ledger/windows.ts';
import { windowsIn } from '../domain/ledger/zone-setting.ts';
import { foldWindows } from './fold-windows.ts';
import { usageOf } from './usage-of.ts';
import type { Clock } from './ports/core.ts';
import { guildAccountKey, memberAccountKey } from '../domain/ledger/account-key.ts';
import type { Ledger } from './ports/ledger-port.ts';
import type { GuildSettingsStore } from './ports/guild-settings-port.ts';

/** The sums of the current windows: settled, reserved and held together. */
export interface RunningSums {
  readonly windows: Windows;
  readonly guild: Usage;
  /** The sums of the given member in this guild. */
  readonly member: Usage;
}

/**
 * Reads sums to be shown to people; the decision itself is made in `admission.ts`, from the same
 * accounts.
 */
export interface AccountReader {
  /** Rejects if the store does not answer. */
  readCached(guildId: string, memberId: string): Promise<RunningSums>;
}

export function createAccountReader(
  ledger: Ledger,
  guilds: GuildSettingsStore,
  clock: Clock,
): AccountReader {
  return {
    async readCached(guildId, memberId) {
      const guildKey = guildAccountKey(guildId);
      const memberKey = memberAccountKey(guildId, memberId);
      const [settings] = await Promise.all([
        guilds.get(guildId),
        ledger.load([guildKey, memberKey]),
      ]);
      const nowMs = clock.now();
      const windows = windowsIn(settings.zone, nowMs);
      foldWindows(
        ledger,
        [guildKey, memberKey].map((key) => ({ key, windows })),
        nowMs,
      );
      const account = ledger.readCached(guildKey);
      const running = keysOf(windows);
      const keys = account === undefined ? running : reservationKeys(account, running);
      return {
        windows,
        guild: usageOf(ledger, guildKey, keys),
        member: usageOf(ledger, memberKey, keys),
      };
    },
  };
}
