import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { needOf } from '../../../src/domain/ledger/amounts.ts';
import { NO_MONEY, nextMoney, taskMoneySchema } from '../../../src/domain/ledger/task-money.ts';
import type { MoneyStep, TaskMoney } from '../../../src/domain/ledger/task-money.ts';

const need = { videos: 1n, seconds: 5n, cost: 100n };
const states = {
  none: NO_MONEY,
  reserved: { state: 'reserved', amounts: need },
  held: { state: 'held', amounts: need },
  settled: { state: 'settled', amounts: { ...need, cost: 120n } },
  released: { state: 'released', assumed: false },
} as const satisfies Record<string, TaskMoney>;

const steps = {
  reserve: { kind: 'reserve', need },
  settle: { kind: 'settle', cost: 120n },
  release: { kind: 'release', assumed: false },
  hold: { kind: 'hold' },
} as const satisfies Record<string, MoneyStep>;

type StateName = keyof typeof states;
type StepName = keyof typeof steps;

const moves: Record<StateName, Partial<Record<StepName, StateName>>> = {
  none: { reserve: 'reserved' },
  reserved: { settle: 'settled', release: 'released', hold: 'held' },
  held: { settle: 'settled', release: 'released' },
  settled: {},
  released: {},
};

const STATES: readonly StateName[] = ['none', 'reserved', 'held', 'settled', 'released'];
const STEPS: readonly StepName[] = ['reserve', 'settle', 'release', 'hold'];

const pairs = STATES.flatMap((from) =>
  STEPS.map((step) => ({ from, step, to: moves[from][step] })),
);
const changing = pairs.flatMap(({ from, step, to }) =>
  to === undefined ? [] : [{ from, step, to }],
);
const idle = pairs.filter(({ to }) => to === undefined);

describe('the money of a task', () => {
  it.each(changing)('that is $from is $to after $step', ({ from, step, to }) => {
    expect(nextMoney(states[from], steps[step])).toEqual(states[to]);
  });

  it.each(idle)('that is $from is left alone by $step', ({ from, step }) => {
    expect(nextMoney(states[from], steps[step])).toBe(states[from]);
  });

  it('keeps its videos and seconds when it is settled at another cost', () => {
    expect(nextMoney(states.held, { kind: 'settle', cost: 7n })).toEqual({
      state: 'settled',
      amounts: { videos: 1n, seconds: 5n, cost: 7n },
    });
  });

  it('stays unpriced if the cost is unknown, until an admin types one', () => {
    const unpriced = nextMoney(NO_MONEY, {
      kind: 'reserve',
      need: needOf(5, { kind: 'unknown' }),
    });
    expect(nextMoney(unpriced, { kind: 'settle' })).toEqual({
      state: 'settled',
      amounts: { videos: 1n, seconds: 5n },
    });
    const held = nextMoney(unpriced, { kind: 'hold' });
    expect(nextMoney(held, { kind: 'settle', cost: 9n })).toMatchObject({ amounts: { cost: 9n } });
  });

  it('says if a release is only assumed', () => {
    expect(nextMoney(states.reserved, { kind: 'release', assumed: true })).toEqual({
      state: 'released',
      assumed: true,
    });
  });

  it('stays as it ended, whatever comes after', () => {
    const anySteps = fc.array(fc.constantFrom<MoneyStep>(...Object.values(steps)));
    fc.assert(
      fc.property(fc.constantFrom<StateName>('settled', 'released'), anySteps, (name, late) => {
        const ended: TaskMoney = states[name];
        expect(late.reduce(nextMoney, ended)).toBe(ended);
      }),
    );
  });

  it('takes a repeated step once', () => {
    const anySteps = fc.array(fc.constantFrom<MoneyStep>(...Object.values(steps)));
    fc.assert(
      fc.property(anySteps, (made) => {
        const once = made.reduce(nextMoney, NO_MONEY);
        const twice = made.flatMap((step) => [step, step]).reduce(nextMoney, NO_MONEY);
        expect(twice).toEqual(once);
      }),
    );
  });

  it.each(Object.entries(states))('that is %s survives the store', (_name, money) => {
    const stored = JSON.stringify(z.encode(taskMoneySchema, money));
    expect(taskMoneySchema.parse(JSON.parse(stored))).toEqual(money);
  });
});
