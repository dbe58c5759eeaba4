import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  accountSchema,
  applyStep,
  countsIn,
  emptyAccount,
  rebuildAccount,
  reservationKeys,
} from '../../../src/domain/ledger/account.ts';
import type { Account } from '../../../src/domain/ledger/account.ts';
import { NO_MONEY, nextMoney } from '../../../src/domain/ledger/task-money.ts';
import type { MoneyStep, TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { keysOf } from '../../../src/domain/ledger/windows.ts';
import type { WindowKeys } from '../../../src/domain/ledger/windows.ts';
import { initialZone, windowsIn } from '../../../src/domain/ledger/zone-setting.ts';

const keysAt = (iso: string, zone = 'UTC'): WindowKeys =>
  keysOf(windowsIn(initialZone(zone), Date.parse(iso)));

const nothing = { videos: 0n, seconds: 0n, cost: 0n, unpriced: 0n };
const need = { videos: 1n, seconds: 5n, cost: 100n };
const counted = { ...need, unpriced: 0n };
const reserve: MoneyStep = { kind: 'reserve', need };

/** An account and one task's money, taken through steps. */
function play(
  account: Account,
  windowKeys: WindowKeys,
  steps: readonly MoneyStep[],
  start: TaskMoney = NO_MONEY,
): { account: Account; money: TaskMoney } {
  let money = start;
  let now = account;
  for (const step of steps) {
    const after = nextMoney(money, step);
    now = applyStep(now, { before: money, after, windowKeys });
    money = after;
  }
  return { account: now, money };
}

const keys = keysAt('2026-06-10T12:00:00Z');

describe('an account', () => {
  it.each<[why: string, MoneyStep[], Partial<Account['day']>]>([
    ['counts a reservation', [reserve], { reserved: counted }],
    ['counts a settled task as used', [reserve, { kind: 'settle', cost: 100n }], { used: counted }],
    [
      'books all of a settlement above its reservation',
      [reserve, { kind: 'settle', cost: 900n }],
      { used: { ...counted, cost: 900n } },
    ],
    [
      'books a settlement below its reservation',
      [reserve, { kind: 'settle', cost: 3n }],
      { used: { ...counted, cost: 3n } },
    ],
    ['gives everything back on a release', [reserve, { kind: 'release', assumed: false }], {}],
    ['keeps a hold', [reserve, { kind: 'hold' }], { held: counted }],
    [
      'turns a settled hold into use',
      [reserve, { kind: 'hold' }, { kind: 'settle', cost: 7n }],
      { used: { ...counted, cost: 7n } },
    ],
    [
      'gives a released hold back',
      [reserve, { kind: 'hold' }, { kind: 'release', assumed: false }],
      {},
    ],
    [
      'counts a repeated step once',
      [reserve, reserve, { kind: 'hold' }, { kind: 'hold' }],
      { held: counted },
    ],
    [
      'counts a task of unknown price as such',
      [{ kind: 'reserve', need: { videos: 1n, seconds: 5n } }],
      { reserved: { videos: 1n, seconds: 5n, cost: 0n, unpriced: 1n } },
    ],
  ])('%s', (_why, steps, sums) => {
    const { account } = play(emptyAccount(keys), keys, steps);
    for (const kind of ['day', 'week', 'month', 'total'] as const) {
      expect(account[kind]).toEqual({
        key: keys[kind],
        used: nothing,
        reserved: nothing,
        held: nothing,
        ...sums,
      });
    }
  });

  it('counts settled, reserved and held together', () => {
    const settled = play(emptyAccount(keys), keys, [reserve, { kind: 'settle', cost: 30n }]);
    const held = play(settled.account, keys, [reserve, { kind: 'hold' }]);
    const { account } = play(held.account, keys, [reserve]);
    expect(countsIn(account, keys).day).toEqual({
      videos: 3n,
      seconds: 15n,
      cost: 230n,
      unpriced: 0n,
    });
  });

  it('survives the store with its sums exact', () => {
    const large = { videos: 2n ** 53n + 1n, seconds: 2n ** 63n, cost: 10n ** 30n };
    const { account } = play(emptyAccount(keys), keys, [{ kind: 'reserve', need: large }]);
    const stored = JSON.stringify(z.encode(accountSchema, account));
    expect(accountSchema.parse(JSON.parse(stored))).toEqual(account);
  });
});

describe('a window that ends while a task runs', () => {
  it.each<[why: string, zone: string, reservedAt: string, endedAt: string, stillIn: string]>([
    ['midnight', 'UTC', '2026-06-10T23:59:59Z', '2026-06-11T00:00:00Z', '-wm'],
    ['local midnight', 'Asia/Kathmandu', '2026-06-10T18:14:59Z', '2026-06-10T18:15:00Z', '-wm'],
    ['the end of the week', 'UTC', '2026-06-14T23:59:59Z', '2026-06-15T00:00:00Z', '--m'],
    ['the end of the month', 'UTC', '2026-06-30T23:59:59Z', '2026-07-01T00:00:00Z', '-w-'],
    ['the end of the year', 'UTC', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', '-w-'],
    [
      'the last hour of a day of 25',
      'Europe/Berlin',
      '2026-10-25T22:59:59Z',
      '2026-10-25T23:00:00Z',
      '--m',
    ],
    [
      'the end of a day of 23 hours',
      'Europe/Berlin',
      '2026-03-29T21:59:59Z',
      '2026-03-29T22:00:00Z',
      '--m',
    ],
    [
      'the repeated hour, which ends none',
      'Europe/Berlin',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      'dwm',
    ],
    [
      'half an hour of daylight saving',
      'Australia/Lord_Howe',
      '2026-04-05T13:15:00Z',
      '2026-04-05T13:29:59Z',
      'dwm',
    ],
  ])(
    '%s: the task counts only where its own window still runs',
    (_why, zone, reservedAt, endedAt, stillIn) => {
      const reservedIn = keysAt(reservedAt, zone);
      const runningNow = keysAt(endedAt, zone);
      const first = play(emptyAccount(reservedIn), reservedIn, [reserve]);
      // Another task in the new windows, so that the account has moved on.
      const second = play(first.account, runningNow, [reserve, { kind: 'settle', cost: 1n }]);
      const { account } = play(
        second.account,
        reservedIn,
        [{ kind: 'settle', cost: 60n }],
        first.money,
      );
      const cost = (kind: 'day' | 'week' | 'month' | 'total'): bigint => account[kind].used.cost;
      expect([cost('day'), cost('week'), cost('month'), cost('total')]).toEqual([
        stillIn.includes('d') ? 61n : 1n,
        stillIn.includes('w') ? 61n : 1n,
        stillIn.includes('m') ? 61n : 1n,
        61n,
      ]);
      expect(countsIn(account, runningNow).day.videos).toBe(stillIn.includes('d') ? 2n : 1n);
      expect(account.day.reserved).toEqual(nothing);
    },
  );

  it('leaves the new one empty until something is reserved in it', () => {
    const { account } = play(emptyAccount(keys), keys, [reserve]);
    const tomorrow = countsIn(account, keysAt('2026-06-11T12:00:00Z'));
    expect(tomorrow.day).toEqual(nothing);
    expect(tomorrow.week).toEqual(counted);
  });
});

describe('a clock that was set back', () => {
  const yesterday = keysAt('2026-06-09T12:00:00Z');

  it('never opens an older window again', () => {
    const { account } = play(emptyAccount(keys), keys, [reserve]);
    const { account: after } = play(account, yesterday, [reserve]);
    expect(after.day).toEqual(account.day);
    expect(countsIn(after, yesterday).day).toEqual(counted);
  });

  it('makes reservations in the account’s newest window', () => {
    const { account } = play(emptyAccount(keys), keys, [reserve]);
    expect(reservationKeys(account, yesterday)).toEqual(keys);
    expect(reservationKeys(account, keysAt('2026-07-10T12:00:00Z'))).toEqual(
      keysAt('2026-07-10T12:00:00Z'),
    );
  });
});

describe('a lost account', () => {
  it('never goes below zero', () => {
    const { money } = play(emptyAccount(keys), keys, [reserve]);
    const { account } = play(emptyAccount(keys), keys, [{ kind: 'settle', cost: 60n }], money);
    expect(account.day).toEqual({
      key: keys.day,
      used: { ...counted, cost: 60n },
      reserved: nothing,
      held: nothing,
    });
  });

  it('is rebuilt from its tasks, in the current windows', () => {
    const june = { money: play(emptyAccount(keys), keys, [reserve]).money, windowKeys: keys };
    const july = keysAt('2026-07-10T12:00:00Z');
    const rebuilt = rebuildAccount(july, [june, { ...june, windowKeys: july }, june]);
    expect(rebuilt.month.reserved.videos).toBe(1n);
    expect(rebuilt.total.reserved.videos).toBe(3n);
    expect(rebuilt.day.key).toBe(july.day);
  });
});
