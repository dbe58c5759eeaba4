import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { accountSchema, rebuildAccount } from '../../domain/ledger/account.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import type { WindowKeys } from '../../domain/ledger/windows.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../../domain/ledger/account-key.ts';

interface Expected {
  readonly key: string;
  readonly of: (task: Task) => boolean;
  readonly windowsOf: (task: Task) => WindowKeys;
}

const inGuild = ({ windows }: Task): WindowKeys => windows.guild;

/** Checks that every account is the sum of its tasks, and that there is no other. */
export function judgeAccounts({ records }: Evidence, tasks: readonly Task[]): Finding[] {
  const expected = new Map<string, Expected>();
  const add = (one: Expected): void => void expected.set(one.key, one);
  for (const { guildId, memberId } of tasks) {
    const isSameGuild = (task: Task): boolean => task.guildId === guildId;
    const isSameMember = (task: Task): boolean => isSameGuild(task) && task.memberId === memberId;
    add({ key: guildAccountKey(guildId), of: isSameGuild, windowsOf: inGuild });
    add({ key: memberAccountKey(guildId, memberId), of: isSameMember, windowsOf: inGuild });
    add({
      key: OPERATOR_ACCOUNT_KEY,
      of: () => true,
      windowsOf: ({ windows }) => windows.operator,
    });
  }
  const stored = [...records.keys()].filter((key) => key.startsWith('account:'));
  return [
    ...stored
      .filter((key) => !expected.has(key))
      .map((key): Finding => ({ kind: 'off', what: `${key} is an account of no task` })),
    ...[...expected.values()].flatMap((one) => judgeAccount(records.get(one.key), one, tasks)),
  ];
}

function judgeAccount(
  value: unknown,
  { key, of, windowsOf }: Expected,
  tasks: readonly Task[],
): Finding[] {
  const account = accountSchema.safeParse(value);
  if (!account.success) return [{ kind: 'off', what: `${key} is not there, or not readable` }];
  const { day, week, month, total } = account.data;
  const keys = { day: day.key, week: week.key, month: month.key, total: total.key };
  const counted = tasks.filter(of).map((task) => ({
    money: key === OPERATOR_ACCOUNT_KEY ? operatorMoneyOf(task) : task.money,
    windowKeys: windowsOf(task),
  }));
  const rebuilt = rebuildAccount(keys, counted);
  if (isDeepStrictEqual(rebuilt, account.data)) return [];
  const said = JSON.stringify(value);
  const due = JSON.stringify(z.encode(accountSchema, rebuilt));
  return [{ kind: 'off', what: `${key} says ${said}, its tasks say ${due}` }];
}
