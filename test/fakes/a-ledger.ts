import type { OperatorAccounts } from '../../src/domain/ledger/account-key.ts';
import { createLedger } from '../../src/store/accounts/ledger.ts';
import type { Clock, Log } from '../../src/app/ports/core.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { createAccountRecovery } from '../../src/store/repair/account-recovery.ts';
import { fakeClock } from './clock.ts';
import { recordingLog } from './log.ts';
import type { Ledger } from '../../src/app/ports/ledger-port.ts';

/** The real ledger over these records. */
export function aLedger(
  records: RecordStore,
  log: Log = recordingLog(),
  clock: Clock = fakeClock(),
  operator?: OperatorAccounts,
): Ledger {
  const recover = createAccountRecovery({ records, clock, log, key: new Uint8Array(32) });
  return createLedger({ records, log, recover, clock, ...(operator && { operator }) });
}
