import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { rebuildAccount } from '../../../src/domain/ledger/account.ts';
import type { Account, Sums } from '../../../src/domain/ledger/account.ts';
import { sumOf } from '../../../src/domain/ledger/account-repair.ts';
import { divideAccount } from '../../../src/domain/ledger/divide-account.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import type { WindowKeys } from '../../../src/domain/ledger/windows.ts';

const natural = fc.bigInt({ min: 0n, max: 10n ** 20n });
const counts = fc.record({ videos: natural, seconds: natural, cost: natural, unpriced: natural });
const DAYS = ['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => `${day}T00:00:00.000Z`);
const key = fc.constantFrom(...DAYS);
const keys: fc.Arbitrary<WindowKeys> = fc.record({
  day: key,
  week: key,
  month: key,
  total: fc.constant('total'),
});
const sums: fc.Arbitrary<Sums> = fc
  .record({
    key,
    formerly: fc.option(key, { nil: undefined }),
    used: counts,
    reserved: counts,
    held: counts,
  })
  .map(({ formerly, ...rest }) => (formerly === undefined ? rest : { ...rest, formerly }));
const total = sums.map((given) => ({ ...given, key: 'total' }));
const account: fc.Arbitrary<Account> = fc.record({ day: sums, week: sums, month: sums, total });
const amounts = fc
  .record({ videos: natural, seconds: natural, cost: fc.option(natural, { nil: undefined }) })
  .map(({ cost, ...rest }) => (cost === undefined ? rest : { ...rest, cost }));
const money: fc.Arbitrary<TaskMoney> = fc.oneof(
  fc.record({ state: fc.constantFrom('reserved', 'held', 'settled'), amounts }),
  fc.constant({ state: 'released', assumed: false } as const),
);
const tasks = fc.array(fc.record({ part: fc.nat({ max: 63 }), money, windowKeys: keys }), {
  maxLength: 30,
});

it('divides any account into parts that are the whole again, whatever is known of its tasks', () => {
  fc.assert(
    fc.property(account, tasks, (whole, known) => {
      const division = divideAccount(whole);
      for (const task of known) division.count(task.part, task.money, task.windowKeys);
      expect(sumOf([...division.parts().values()])).toEqual(whole);
    }),
  );
});

it('gives each part what its own tasks count, where they explain the whole', () => {
  fc.assert(
    fc.property(keys, tasks, (current, known) => {
      const now = known.map((task) => ({ ...task, windowKeys: current }));
      const whole = rebuildAccount(current, now);
      const division = divideAccount(whole);
      for (const task of now) division.count(task.part, task.money, task.windowKeys);
      const parts = division.parts();
      for (const [part, share] of parts) {
        const own = now.filter((task) => task.part === part);
        expect(share).toEqual(rebuildAccount(current, own));
      }
      expect(now.filter(({ part }) => !parts.has(part))).toEqual([]);
    }),
  );
});
