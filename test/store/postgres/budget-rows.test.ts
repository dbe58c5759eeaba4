import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { NotOurs } from '../../../src/app/slots/not-ours.ts';
import { ALL_SLOTS } from '../../../src/domain/slots.ts';
import { createBudgetRows } from '../../../src/store/postgres/budget-rows.ts';
import { Fenced } from '../../../src/store/postgres/fenced.ts';
import { openSessions } from '../../../src/store/postgres/sessions.ts';
import type { Sessions } from '../../../src/store/postgres/sessions.ts';
import type { NamedAmounts } from '../../../src/store/postgres/member-settings.ts';
import { askAt, describeOnPostgres } from '../../fakes/on-postgres.ts';

const DAY = 'day:2026-11-30T00:00:00.000Z';
const REQUEST = { slot: 1, window: DAY, spent: 0n, cost: 10n, ahead: 0n };
/** What a process has set and keeps to, if nothing else is said. */
const CEILING = { day: '100' };

async function grantsAt(url: string): Promise<Record<string, number>> {
  const rows = await askAt(
    url,
    'SELECT slot, amount::text AS amount FROM budget_grant WHERE "window" = $1 AND amount <> 0',
    [DAY],
  );
  return Object.fromEntries(rows.map(({ slot, amount }) => [String(slot), Number(amount)]));
}

async function grantedAt(url: string): Promise<number> {
  const [row] = await askAt(url, 'SELECT granted::text AS granted FROM budget');
  return Number(row?.['granted']);
}

const none = (amounts: ReadonlyMap<number, bigint> = new Map()) =>
  new Map([...ALL_SLOTS].map((slot) => [slot, amounts.get(slot) ?? 0n] as const));

describeOnPostgres('the rows of the operator’s budgets', (server) => {
  const opened: Sessions[] = [];
  let processes = 0;
  /** A process that owns these slots. */
  const openAt = async (
    url: string,
    slots: readonly number[],
    {
      budgets = CEILING,
      applied = CEILING,
    }: { budgets?: NamedAmounts; applied?: NamedAmounts } = {},
  ) => {
    processes += 1;
    const name = `p${processes}`;
    const sessions = await openSessions({
      url,
      instance: name,
      clock: systemClock,
      newMember: () => name,
      settings: { digests: {}, budgets },
      applied: () => applied,
    });
    opened.push(sessions);
    await askAt(url, 'UPDATE slot SET owner = $1 WHERE n = ANY ($2)', [name, slots]);
    return { sessions, rows: createBudgetRows(sessions), slots };
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map(async (sessions) => sessions.close()));
  };
  it('are made once, from what each slot has spent, and replace what is outdated', async () => {
    const url = await server.createDatabase();
    const [one, two] = [await openAt(url, [1]), await openAt(url, [2])];
    await one.rows.create('day:2026-09-01T00:00:00.000Z', none(new Map([[1, 9n]])), 'day:2026');
    await one.rows.create('month:2026-09-01T00:00:00.000Z', none(), 'month:2026');
    await expect(one.rows.raise(REQUEST)).resolves.toBeUndefined();
    await expect(one.rows.settle(DAY, [])).resolves.toBeUndefined();
    const spent = none(new Map([[2, 30n]]));
    await Promise.all(
      [one, two].map(async ({ rows }) => rows.create(DAY, spent, 'day:2026-10-01')),
    );
    await expect(
      askAt(url, 'SELECT "window", granted::int FROM budget ORDER BY 1'),
    ).resolves.toEqual([
      { window: DAY, granted: 30 },
      { window: 'month:2026-09-01T00:00:00.000Z', granted: 0 },
    ]);
    await expect(grantsAt(url)).resolves.toEqual({ 2: 30 });
    await closeAll();
  });

  it('give what is needed up to the ceiling, and more where there is plenty', async () => {
    const url = await server.createDatabase();
    const { rows } = await openAt(url, [1, 2]);
    await rows.create(DAY, none(), '');
    await expect(rows.raise({ ...REQUEST, ahead: 40n })).resolves.toEqual({
      amount: 15n,
      granted: 15n,
      ceiling: 100n,
      others: 0,
    });
    // Settled above what was reserved.
    await expect(rows.raise({ ...REQUEST, spent: 20n, cost: 75n })).resolves.toMatchObject({
      amount: 95n,
    });
    await expect(rows.raise({ ...REQUEST, slot: 2, cost: 6n })).resolves.toMatchObject({
      amount: 0n,
      granted: 95n,
    });
    await expect(rows.raise({ ...REQUEST, slot: 2, cost: 5n, ahead: 9n })).resolves.toMatchObject({
      amount: 5n,
      granted: 100n,
    });
    await expect(rows.raise({ ...REQUEST, spent: 120n, cost: 1n })).resolves.toMatchObject({
      amount: 120n,
      granted: 125n,
    });
    // Another budget after a restart takes effect at once.
    await askAt(url, `UPDATE member SET settings = '{"digests":{},"budgets":{"day":"126"}}'`);
    await expect(rows.raise({ ...REQUEST, spent: 120n, cost: 1n })).resolves.toMatchObject({
      amount: 121n,
      granted: 126n,
    });
    await closeAll();
  });

  it('have the lowest ceiling of all processes, and none where none has one', async () => {
    const url = await server.createDatabase();
    const free = await openAt(url, [1], { budgets: {}, applied: {} });
    await free.rows.create(DAY, none(), '');
    await expect(free.rows.raise({ ...REQUEST, cost: 500n, ahead: 50n })).resolves.toMatchObject({
      amount: 550n,
      ceiling: undefined,
    });
    await free.rows.settle(DAY, [{ slot: 1, spent: 30n, isKept: false }]);
    await openAt(url, [], { budgets: { month: '5', day: '80' }, applied: {} });
    await openAt(url, [], { budgets: { day: '120' }, applied: {} });
    const raise = async (cost: bigint) => free.rows.raise({ ...REQUEST, spent: 30n, cost });
    await expect(raise(51n)).resolves.toMatchObject({ amount: 30n, ceiling: 80n });
    await expect(raise(50n)).resolves.toMatchObject({ amount: 80n, granted: 80n });
    await closeAll();
  });

  it('give nothing more while another process with slots does not keep to the ceiling', async () => {
    const url = await server.createDatabase();
    const one = await openAt(url, [1], { budgets: { day: '50' }, applied: { day: '50' } });
    const two = await openAt(url, [2], { budgets: {}, applied: { month: '1' } });
    await one.rows.create(DAY, none(), '');
    const raise = async () => one.rows.raise({ ...REQUEST, spent: 3n });
    // What is spent is granted all the same.
    await expect(raise()).resolves.toMatchObject({ amount: 3n, granted: 3n, ceiling: 50n });
    const { member } = two.sessions.current();
    const say = async (applied: unknown): Promise<void> => {
      await askAt(url, 'UPDATE member SET applied = $2 WHERE id = $1', [member, applied]);
    };
    await say({ day: '51' });
    await expect(raise()).resolves.toMatchObject({ amount: 3n });
    await say({ day: '50' });
    await expect(raise()).resolves.toMatchObject({ amount: 13n });
    await say({});
    await askAt(url, 'UPDATE slot SET owner = NULL WHERE owner = $1', [member]);
    await expect(raise()).resolves.toMatchObject({ amount: 13n });
    await expect(one.rows.raise({ ...REQUEST, spent: 5n, cost: 9n })).resolves.toMatchObject({
      amount: 14n,
    });
    // One of an older version says nothing, and could never be waited for.
    await askAt(url, 'UPDATE slot SET owner = $1 WHERE n = 2', [member]);
    await askAt(url, 'UPDATE member SET settings = NULL WHERE id = $1', [member]);
    await expect(one.rows.raise({ ...REQUEST, spent: 5n, cost: 10n })).resolves.toMatchObject({
      amount: 15n,
    });
    await closeAll();
  });

  it('are lowered to what is spent, but not where they are kept', async () => {
    const url = await server.createDatabase();
    const { rows } = await openAt(url, [1, 2, 3]);
    await rows.create(DAY, none(new Map([1, 2, 3, 4].map((slot) => [slot, 10n]))), '');
    const settled = await rows.settle(DAY, [
      { slot: 1, spent: 4n, isKept: false },
      { slot: 2, spent: 4n, isKept: true },
      { slot: 3, spent: 12n, isKept: true },
      { slot: 4, spent: 0n, isKept: false },
    ]);
    const amounts = new Map([
      [1, 4n],
      [2, 10n],
      [3, 12n],
    ]);
    expect(settled).toEqual({ amounts, isOverdrawn: false });
    await expect(grantsAt(url)).resolves.toEqual({ 1: 4, 2: 10, 3: 12, 4: 10 });
    await expect(grantedAt(url)).resolves.toBe(36);
    await closeAll();
  });

  it('say whether more is granted than there is', async () => {
    const url = await server.createDatabase();
    const { rows } = await openAt(url, [1, 2], { budgets: { day: '20' }, applied: { day: '20' } });
    await rows.create(DAY, none(new Map([1, 2, 3].map((slot) => [slot, 10n]))), '');
    const settle = async (spent: bigint) =>
      rows.settle(DAY, [{ slot: 1, spent, isKept: false }]).then((settled) => settled?.isOverdrawn);
    await expect(rows.settle(DAY, [])).resolves.toMatchObject({ isOverdrawn: true });
    await expect(settle(1n)).resolves.toBe(true);
    await expect(settle(0n)).resolves.toBe(false);
    await expect(settle(1n)).resolves.toBe(true);
    await closeAll();
  });

  it('are changed by the owner of the slot alone, while it is a member', async () => {
    const url = await server.createDatabase();
    const [one, two] = [await openAt(url, [1]), await openAt(url, [2])];
    await one.rows.create(DAY, none(), '');
    await expect(two.rows.raise(REQUEST)).rejects.toThrow(NotOurs);
    await askAt(url, 'DELETE FROM member WHERE id = $1', [one.sessions.current().member]);
    await expect(one.rows.raise(REQUEST)).rejects.toThrow(Fenced);
    await expect(grantedAt(url)).resolves.toBe(0);
    await closeAll();
  });

  it('carry questions and answers to every process', async () => {
    const url = await server.createDatabase();
    const [one, two] = [await openAt(url, [1]), await openAt(url, [2])];
    const answered = new Promise((resolve) => {
      one.rows.onAnswered(resolve);
    });
    two.rows.onAsked((window, question) => {
      void two.rows.answer(`${question}=${window}`);
    });
    await one.rows.ask(DAY, 'q');
    await expect(answered).resolves.toBe(`q=${DAY}`);
    await closeAll();
  });

  it('never pass the ceiling, whatever several processes ask for at once', async () => {
    const url = await server.createDatabase();
    const running = await Promise.all([1, 2, 3].map(async (slot) => openAt(url, [slot, slot + 3])));
    const step = fc.record({
      at: fc.nat(2),
      isSecond: fc.boolean(),
      cost: fc.bigInt(1n, 30n),
      ahead: fc.bigInt(0n, 20n),
      givesBack: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
        await askAt(url, 'TRUNCATE budget, budget_grant');
        const spent = new Map<number, bigint>();
        /** One process changes the parts of its slots one after the other. */
        const run = async (at: number): Promise<void> => {
          const own = running[at];
          if (own === undefined) throw new Error('there is no such process');
          for (const { isSecond, cost, ahead, givesBack } of steps.filter((one) => one.at === at)) {
            const { rows, slots } = own;
            const slot = slots[isSecond ? 1 : 0] ?? 0;
            const before = spent.get(slot) ?? 0n;
            const request = { slot, window: DAY, spent: before, cost, ahead };
            const answer = await rows.raise(request);
            if (answer === undefined) await rows.create(DAY, none(), '');
            else if (answer.amount >= before + cost) spent.set(slot, before + cost);
            if (!givesBack) continue;
            await rows.settle(
              DAY,
              slots.map((one) => ({ slot: one, spent: spent.get(one) ?? 0n, isKept: false })),
            );
          }
        };
        await Promise.all([0, 1, 2].map(run));
        const grants = await grantsAt(url);
        const sum = Object.values(grants).reduce((total, amount) => total + amount, 0);
        for (const [slot, amount] of spent) {
          expect(grants[String(slot)] ?? 0).toBeGreaterThanOrEqual(Number(amount));
        }
        expect(sum).toBeLessThanOrEqual(100);
        await running[0]?.rows.create(DAY, none(), '');
        await expect(grantedAt(url)).resolves.toBe(sum);
      }),
      { numRuns: 40 },
    );
    await closeAll();
  });
});
