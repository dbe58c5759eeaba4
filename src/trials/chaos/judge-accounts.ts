import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { accountSchema, rebuildAccount } from '../../domain/ledger/account.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import type { WindowKeys } from '../../domain/ledger/windows.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { bookedUploads } from './upload-charges.ts';
import {
  ONE_OPERATOR_ACCOUNT,
  OPERATOR_ACCOUNTS_BY_SLOT,
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  isOperatorAccount,
  memberAccountKey,
} from '../../domain/ledger/account-key.ts';

/** What counts in accounts: a task, or the upload of a named medium. */
interface Counted {
  readonly guildId: string;
  readonly memberId: string;
  readonly money: TaskMoney;
  readonly operatorMoney: TaskMoney;
  readonly windows: { readonly guild: WindowKeys; readonly operator: WindowKeys };
}

/** Checks that every account is the sum of its tasks and uploads, and that there is no other. */
export function judgeAccounts(evidence: Evidence, tasks: readonly Task[]): Finding[] {
  const { records } = evidence;
  const counted = [
    ...tasks.map((task): Counted => ({ ...task, operatorMoney: operatorMoneyOf(task) })),
    ...bookedUploads(evidence).map(({ charge, money }): Counted => ({
      ...charge,
      money,
      operatorMoney: money,
    })),
  ];
  const expected = new Map<string, readonly Counted[]>();
  // One, or one for each slot where processes share a store.
  const isOne = ![...records.keys()].some(isOperatorsOfSlot);
  const operator = isOne ? ONE_OPERATOR_ACCOUNT : OPERATOR_ACCOUNTS_BY_SLOT;
  for (const { guildId, memberId } of counted) {
    const ofGuild = counted.filter((one) => one.guildId === guildId);
    const ofMember = ofGuild.filter((one) => one.memberId === memberId);
    expected.set(guildAccountKey(guildId), ofGuild);
    expected.set(memberAccountKey(guildId, memberId), ofMember);
    const operatorKey = operator.keyOf(guildId);
    expected.set(
      operatorKey,
      counted.filter((one) => operator.keyOf(one.guildId) === operatorKey),
    );
  }
  const stored = [...records.keys()].filter((key) => key.startsWith('account:'));
  // A store that was moved has one of slot 0, which may count nothing.
  for (const key of stored.filter(isOperatorsOfSlot)) {
    if (!expected.has(key)) expected.set(key, []);
  }
  return [
    ...stored
      .filter((key) => !expected.has(key))
      .map((key): Finding => ({ kind: 'off', what: `${key} is an account of no task` })),
    ...[...expected].flatMap(([key, ofAccount]) => judgeAccount(key, records.get(key), ofAccount)),
  ];
}

const isOperatorsOfSlot = (key: string): boolean =>
  isOperatorAccount(key) && key !== OPERATOR_ACCOUNT_KEY;

function judgeAccount(key: string, value: unknown, counted: readonly Counted[]): Finding[] {
  const account = accountSchema.safeParse(value);
  if (!account.success) return [{ kind: 'off', what: `${key} is not there, or not readable` }];
  const { day, week, month, total } = account.data;
  const keys = { day: day.key, week: week.key, month: month.key, total: total.key };
  const isOperators = isOperatorAccount(key);
  const rebuilt = rebuildAccount(
    keys,
    counted.map(({ money, operatorMoney, windows }) => ({
      money: isOperators ? operatorMoney : money,
      windowKeys: isOperators ? windows.operator : windows.guild,
    })),
  );
  if (isDeepStrictEqual(rebuilt, account.data)) return [];
  const said = JSON.stringify(value);
  const due = JSON.stringify(z.encode(accountSchema, rebuilt));
  return [{ kind: 'off', what: `${key} says ${said}, its tasks say ${due}` }];
}
