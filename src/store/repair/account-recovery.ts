import { z } from 'zod';
import { damageNotice } from '../notices/notice-record.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { quarantineRecord } from '../records/quarantine.ts';
import { accountSchema, applyStep, rebuildAccount } from '../../domain/ledger/account.ts';
import type { Account } from '../../domain/ledger/account.ts';
import { maxCountsWithin, maxCounts, restOf, sumOf } from '../../domain/ledger/account-repair.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import { keysOf, operatorWindows } from '../../domain/ledger/windows.ts';
import { slotOf } from '../../domain/slots.ts';
import { memberHash } from '../privacy/member-hash.ts';
import { readMoneyEvidence } from './money-evidence.ts';
import type { MoneyEvidence } from './money-evidence.ts';
import {
  GUILD_ACCOUNT_PREFIX,
  guildAccountKey,
  isOperatorAccount,
  memberAccountPrefix,
  slotOfAccount,
} from '../../domain/ledger/account-key.ts';
import type { RecoverAccount } from '../../app/ports/ledger-port.ts';

export interface AccountRecoveryDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The key of the hash that replaces a member's id in the journal; 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Creates the function that recounts a damaged account from two sources, the accounts that count the
 * same tasks and the tasks themselves, and takes the higher sums. It quarantines the damaged record in
 * the same commit.
 */
export function createAccountRecovery(deps: AccountRecoveryDeps): RecoverAccount {
  const { records, clock, log } = deps;
  return async (key, damaged) => {
    const owner = ownerOf(key);
    const account = await rebuild(deps, owner);
    const at = clock.now();
    await records.write([
      quarantineRecord({ key, value: damaged }, at),
      { key, value: z.encode(accountSchema, account) },
      ...(owner.kind === 'operator'
        ? []
        : [damageNotice(owner.guildId, { at, what: 'sums', key })]),
    ]);
    log.error({ record: key }, 'damaged record quarantined: its sums were counted anew');
    return account;
  };
}

type AccountOwner =
  /** Of the guilds of a slot; of all guilds without one. */
  | { readonly kind: 'operator'; readonly slot: number | undefined }
  | { readonly kind: 'guild'; readonly guildId: string }
  | { readonly kind: 'member'; readonly guildId: string; readonly memberId: string };

function ownerOf(key: string): AccountOwner {
  if (isOperatorAccount(key)) return { kind: 'operator', slot: slotOfAccount(key) };
  const [, kind, guildId = '', memberId = ''] = key.split(':');
  return kind === 'guild' ? { kind, guildId } : { kind: 'member', guildId, memberId };
}

async function rebuild(deps: AccountRecoveryDeps, owner: AccountOwner): Promise<Account> {
  const { records } = deps;
  const guildId = owner.kind === 'operator' ? undefined : owner.guildId;
  const evidence = await readMoneyEvidence(records, guildId);
  switch (owner.kind) {
    case 'operator': {
      const isIn = (slot: number | undefined): boolean =>
        owner.slot === undefined || slot === owner.slot;
      const own = evidence.filter((one) => isIn(slotOf(one.guildId)));
      const counted = byEvidence(deps, own, 'operator');
      // Guilds have their own calendars, so only their totals also apply to the operator.
      const guilds = await records.keysUnder(GUILD_ACCOUNT_PREFIX);
      const { account } = await sumOfAccounts(
        records,
        guilds.filter((key) => isIn(slotOfAccount(key))),
      );
      return account === undefined
        ? counted
        : { ...counted, total: maxCounts(counted, asOperator(account, own)).total };
    }
    case 'guild': {
      const counted = byEvidence(deps, evidence, 'guild');
      const members = await sumUnder(records, memberAccountPrefix(owner.guildId));
      return reconcile(members, counted);
    }
    case 'member': {
      const names = new Set([owner.memberId, memberHash(deps.key, owner.memberId)]);
      const own = evidence.filter(({ member }) => names.has(member));
      return reconcile(await restFor(records, owner), byEvidence(deps, own, 'guild'));
    }
  }
}

/** An account derived from the accounts that count the same tasks. */
interface Derived {
  readonly account: Account | undefined;
  /** Whether all of those accounts were readable. */
  readonly isComplete: boolean;
}

function reconcile({ account, isComplete }: Derived, counted: Account): Account {
  if (account === undefined) return counted;
  return isComplete ? maxCountsWithin(account, counted) : maxCounts(account, counted);
}

function byEvidence(
  { clock }: AccountRecoveryDeps,
  evidence: readonly MoneyEvidence[],
  calendar: 'guild' | 'operator',
): Account {
  return rebuildAccount(
    // The windows of any task, because the account advances to the newest.
    evidence[0]?.windows[calendar] ?? keysOf(operatorWindows(clock.now())),
    evidence.map((task) => ({
      money: calendar === 'operator' ? operatorMoneyOf(task) : task.money,
      windowKeys: task.windows[calendar],
    })),
  );
}

/** The guilds' sums as the operator's side counts them, which differ if one side was resolved alone. */
function asOperator(guilds: Account, evidence: readonly MoneyEvidence[]): Account {
  let account = guilds;
  for (const { money, operatorMoney, windows } of evidence) {
    if (operatorMoney === undefined) continue;
    const windowKeys = windows.guild;
    account = applyStep(account, { before: money, after: operatorMoney, windowKeys });
  }
  return account;
}

async function sumUnder(records: RecordStore, prefix: string): Promise<Derived> {
  return sumOfAccounts(records, await records.keysUnder(prefix));
}

async function sumOfAccounts(records: RecordStore, keys: readonly string[]): Promise<Derived> {
  const parts = await readAccounts(records, keys);
  const known = parts.filter((part) => part !== undefined);
  return { account: sumOf(known), isComplete: known.length === parts.length };
}

/** The guild's account minus the accounts of its other members. */
async function restFor(
  records: RecordStore,
  { guildId, memberId }: Extract<AccountOwner, { kind: 'member' }>,
): Promise<Derived> {
  const prefix = memberAccountPrefix(guildId);
  const members = await records.keysUnder(prefix);
  const others = members.filter((key) => key !== `${prefix}${memberId}`);
  // In one read, to keep commits from falling in between.
  const [guild, ...parts] = await readAccounts(records, [guildAccountKey(guildId), ...others]);
  const known = parts.filter((part) => part !== undefined);
  if (guild === undefined) return { account: undefined, isComplete: false };
  return { account: restOf(guild, known), isComplete: known.length === parts.length };
}

async function readAccounts(
  records: RecordStore,
  keys: readonly string[],
): Promise<(Account | undefined)[]> {
  const values = await records.getMany(keys);
  return values.map((value) => accountSchema.safeParse(value).data);
}
