import type { RecordReader, StoredRecord } from '../../app/ports/record-store-port.ts';
import {
  ONE_OPERATOR_ACCOUNT,
  OPERATOR_ACCOUNTS_BY_SLOT,
  OPERATOR_ACCOUNT_KEY,
} from '../../domain/ledger/account-key.ts';
import type { OperatorAccounts } from '../../domain/ledger/account-key.ts';
import { sumOf } from '../../domain/ledger/account-repair.ts';
import { accountSchema, encodeAccount } from '../../domain/ledger/account.ts';
import type { Account } from '../../domain/ledger/account.ts';
import { divideAccount } from '../../domain/ledger/divide-account.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import { slotOf } from '../../domain/slots.ts';
import { eachMoneyEvidence } from '../repair/money-evidence.ts';

/** The operator's accounts as a store of each kind has them. */
const ACCOUNTS: Readonly<Record<StoreKind, OperatorAccounts>> = {
  sqlite: ONE_OPERATOR_ACCOUNT,
  postgres: OPERATOR_ACCOUNTS_BY_SLOT,
};

type StoreKind = 'sqlite' | 'postgres';

/**
 * The operator's accounts of a store, as one of that kind has them, with the same sums. A damaged one
 * makes all of them damaged, so that each is counted anew when it is first needed.
 */
export async function operatorAccountsFor(
  kind: StoreKind,
  records: RecordReader,
): Promise<readonly StoredRecord[]> {
  const found = await records.getMany(await records.keysUnder(OPERATOR_ACCOUNT_KEY));
  const accounts = found.map((value) => accountSchema.safeParse(value).data);
  const damaged = found.find((_, index) => accounts[index] === undefined);
  if (damaged !== undefined) return ACCOUNTS[kind].keys.map((key) => ({ key, value: damaged }));
  const whole = sumOf(accounts.filter((account) => account !== undefined));
  if (whole === undefined) return [];
  return kind === 'sqlite' ? [recordOf(OPERATOR_ACCOUNT_KEY, whole)] : divided(records, whole);
}

/** Divided by the guilds' tasks, since a task's later changes are counted where it was. */
async function divided(records: RecordReader, whole: Account): Promise<StoredRecord[]> {
  const division = divideAccount(whole);
  for await (const task of eachMoneyEvidence(records, undefined)) {
    division.count(slotOf(task.guildId), operatorMoneyOf(task), task.windows.operator);
  }
  return [...division.parts()].map(([slot, account]) =>
    recordOf(OPERATOR_ACCOUNTS_BY_SLOT.keys[slot] ?? OPERATOR_ACCOUNT_KEY, account),
  );
}

function recordOf(key: string, account: Account): StoredRecord {
  return { key, value: encodeAccount(account) };
}
