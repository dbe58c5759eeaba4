import { describe, expect, it } from 'vitest';
import type { RequestedEnd } from '../../../src/trials/chaos/evidence.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { planOf } from '../../../src/domain/tasks/plan.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { SETTINGS, TASK_ID } from '../../fakes/a-task.ts';
import { anAnswer, ledgerRecordsOf, deliveredTask, endedAs, findingsOf } from './clean-evidence.ts';

const QUOTE = {
  kind: 'priced',
  micros: 500_000n,
  currency: 'USD',
  price: { amount: '0.50', currency: 'USD', per: 'task' },
} as const;
const HELD: TaskMoney = { state: 'held', amounts: { videos: 1n, seconds: 5n, cost: 500_000n } };
const RELEASED: TaskMoney = { state: 'released', assumed: false };
const settledAt = (cost: bigint): TaskMoney => ({
  state: 'settled',
  amounts: { videos: 1n, seconds: 5n, cost },
});

const byAdmin = (end: RequestedEnd['end']): RequestedEnd => ({ by: 'admin', taskId: TASK_ID, end });
const byOperator = (amount: string, isDone?: boolean): RequestedEnd => ({
  by: 'operator',
  taskId: TASK_ID,
  end: { kind: 'settle', amount },
  requestId: 'r',
  ...(isDone === undefined ? {} : { isDone }),
});

/** The findings about a task of unknown outcome with these two sides of its money. */
function found(money: TaskMoney, operatorMoney: TaskMoney | undefined, holdEnds: RequestedEnd[]) {
  const sides: Partial<Task> = {
    money,
    plan: planOf({ ...SETTINGS, quote: QUOTE }),
    ...(operatorMoney === undefined ? {} : { operatorMoney }),
  };
  return findingsOf({
    ...endedAs({ kind: 'outcome-unknown' }, false, sides),
    messages: [],
    incidents: [{ what: 'disturbance:kill' }, { what: 'disturbance:archive' }],
    holdEnds,
  });
}

describe('the verdict on the ends of unconfirmed charges', () => {
  it('finds nothing where none was ended and it counts at its quote', () => {
    expect(found(HELD, undefined, [])).toEqual([]);
    expect(found({ ...HELD, amounts: { videos: 1n, seconds: 5n } }, undefined, [])).toEqual([
      'off',
      'off',
    ]);
  });

  it('finds a ceiling that an admin lowered', () => {
    const release = byAdmin({ kind: 'release' });
    expect(found(RELEASED, HELD, [release])).toEqual([]);
    expect(found(RELEASED, undefined, [release])).toEqual(['off']);
    expect(found(RELEASED, RELEASED, [release])).toEqual(['off']);
    expect(found(RELEASED, HELD, [])).toEqual(['off']);
  });

  it('finds an amount that is not allowed, or was not requested', () => {
    const amount = '99999999999999999999';
    const tooMuch = byAdmin({ kind: 'settle', amount });
    expect(found(HELD, undefined, [tooMuch])).toEqual([]);
    expect(found(settledAt(5_000_001n), HELD, [tooMuch])).toEqual(['off']);
    expect(found(settledAt(50_000n), HELD, [byAdmin({ kind: 'settle', amount: '0.05' })])).toEqual(
      [],
    );
    expect(found(settledAt(50_001n), HELD, [byAdmin({ kind: 'settle', amount: '0.05' })])).toEqual([
      'off',
    ]);
  });

  it('finds a request of the operator that was not answered, or answered and not done', () => {
    const settled = settledAt(50_000n);
    expect(found(settled, undefined, [byOperator('0.05', true)])).toEqual([]);
    expect(found(settled, undefined, [byOperator('0.05')])).toEqual(['lost']);
    expect(found(HELD, undefined, [byOperator('0.05', true)])).toEqual(['off', 'off']);
    expect(found(HELD, undefined, [byOperator('0.05', false)])).toEqual([]);
  });

  it('lets the answer to a create undo the end of its hold, and nothing else', () => {
    const task = deliveredTask({
      money: settledAt(500_000n),
      plan: planOf({ ...SETTINGS, quote: QUOTE }),
    });
    const changes = {
      tasks: new Map([[task.id, task]]),
      records: ledgerRecordsOf([task]),
      holdEnds: [byOperator('0.05', true)],
      budget: 0n,
    };
    const line = `{"taskId":"${TASK_ID}","msg":"hold was resolved, but its create was answered"}`;
    expect(findingsOf({ ...changes, lines: [line] })).toEqual([]);
    expect(findingsOf(changes)).toEqual(['off', 'off', 'let-through']);
  });

  it('finds a ceiling that was passed, at the lower of quote and cost', () => {
    const task = deliveredTask({
      money: settledAt(700_000n),
      plan: planOf({ ...SETTINGS, quote: QUOTE }),
    });
    const changes = {
      tasks: new Map([[task.id, task]]),
      records: ledgerRecordsOf([task]),
      providerRequests: [anAnswer({ usage: { cost: 0.7 } })],
    };
    expect(findingsOf({ ...changes, budget: 500_000n })).toEqual([]);
    expect(findingsOf({ ...changes, budget: 499_999n })).toEqual(['let-through']);
  });
});
