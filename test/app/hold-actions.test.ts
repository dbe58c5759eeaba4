import { OWNS_ALL } from '../../src/app/owns-all.ts';
import type { TaskStore } from '../../src/app/ports/core.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHoldActions } from '../../src/app/hold-actions.ts';
import type { HoldAnswer, HoldEnd } from '../../src/app/hold-actions.ts';
import { accountSchema } from '../../src/domain/ledger/account.ts';
import { isHeldForOperator } from '../../src/domain/ledger/money-sides.ts';
import type { Quote } from '../../src/domain/ledger/quote.ts';
import { moneyAtStage } from '../../src/domain/tasks/money-at-stage.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { createTaskStore } from '../../src/store/tasks/task-store.ts';
import { createTaskLocks } from '../../src/worker/task-locks.ts';
import { aLedger } from '../fakes/a-ledger.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID, aTask, delivering, ended } from '../fakes/a-task.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../../src/domain/ledger/account-key.ts';

const OTHER_GUILD = '1300000000000000011';
const ADMIN = '1300000000000000021';
const REQUEST = 'a-request';
const QUOTE: Quote = {
  kind: 'priced',
  micros: 500_000n,
  currency: 'USD',
  price: { amount: '0.50', currency: 'USD', per: 'task' },
};

/** One held task of one guild, quoted at 0.50. */
async function desk(
  { quote = QUOTE, ...changes }: Partial<Task> & { readonly quote?: Quote } = {},
  currency: string | null = 'USD',
) {
  const records = memoryRecords();
  const log = recordingLog();
  const clock = fakeClock();
  const ledger = aLedger(records, log);
  const cipher = createCipher(new Uint8Array(32));
  const store = createTaskStore({ records, ledger, cipher, clock, log });
  const need = { videos: 1n, seconds: 5n };
  const amounts = quote.kind === 'priced' ? { ...need, cost: quote.micros } : need;
  const task = aTask({ quote, money: { state: 'reserved', amounts } });
  await store.create(task);
  const stage = ended({ kind: 'outcome-unknown' }, { providerTaskId: 'p-1' });
  await store.end({ ...task, stage, money: { state: 'held', amounts }, ...changes }, task);
  const begun: Task[] = [];
  const holds = createHoldActions({
    ownership: OWNS_ALL,
    store,
    clock,
    log,
    currency: currency ?? undefined,
    handOver: (given) => {
      begun.push(given);
    },
    betweenSteps: createTaskLocks().runWhenFree,
  });
  /** Micros that count on an account: settled and held. */
  const counted = async (key: string) => {
    const { used, held } = accountSchema.parse(await records.get(key)).total;
    return { used: used.cost, held: held.cost };
  };
  const sums = async () => ({
    guild: await counted(guildAccountKey(GUILD_ID)),
    member: await counted(memberAccountKey(GUILD_ID, MEMBER_ID)),
    operator: await counted(OPERATOR_ACCOUNT_KEY),
  });
  const act = async (action: HoldEnd): Promise<HoldAnswer> =>
    holds.act(GUILD_ID, TASK_ID, action, ADMIN);
  return { holds, store, begun, sums, act };
}

/** The same without an answer to its create. */
const lost = async () =>
  desk({
    attempts: [{ route: 'jimmy/seedance2.0-sp', at: NOON, outcome: 'unknown' }],
    stage: ended({ kind: 'outcome-unknown' }),
  });

async function stored(store: Pick<TaskStore, 'get'>): Promise<Task> {
  const task = await store.get(TASK_ID);
  if (task === undefined) throw new Error('the task is gone');
  return task;
}

async function endNotified(store: TaskStore): Promise<void> {
  const task = await stored(store);
  const { stage } = task;
  if (stage.name === 'notifying') await store.end({ ...task, stage: ended(stage.outcome) }, task);
}

const HELD = { used: 0n, held: 500_000n };
const NOTHING = { used: 0n, held: 0n };
const settledAt = (used: bigint) => ({ used, held: 0n });
/** What such a side counts. */
const sum = (money: Task['money']) =>
  'amounts' in money
    ? { ...NOTHING, [money.state === 'held' ? 'held' : 'used']: money.amounts.cost }
    : NOTHING;
const kindOf = ({ kind }: HoldAnswer): string => kind;

describe('a held task', () => {
  it.each(['settle-at-quote', 'release', 'ask-again'] as const)(
    'is out of reach of another server’s admins: %s',
    async (kind) => {
      const { holds, store, begun } = await desk();
      const before = await store.get(TASK_ID);
      await expect(holds.list(OTHER_GUILD, 40)).resolves.toEqual({ total: 0, oldest: [] });
      await expect(holds.act(OTHER_GUILD, TASK_ID, { kind }, ADMIN)).resolves.toEqual({
        kind: 'not-held',
      });
      await expect(store.get(TASK_ID)).resolves.toEqual(before);
      expect(begun).toEqual([]);
      await expect(holds.act(GUILD_ID, TASK_ID, { kind }, ADMIN)).resolves.toMatchObject({
        kind: 'done',
      });
    },
  );

  it.each(['release', 'ask-again'] as const)(
    'keeps when it ended, which the attempt log says of it: %s',
    async (kind) => {
      const { holds, store } = await desk();
      const before = await store.get(TASK_ID);
      if (before?.stage.name !== 'ended') throw new Error('it has not ended');
      await holds.act(GUILD_ID, TASK_ID, { kind }, ADMIN);
      const { endedAt } = before.stage;
      await expect(store.get(TASK_ID)).resolves.toMatchObject({ endedBefore: endedAt });
    },
  );

  it('is ended once by two admins at once', async () => {
    const { act, store } = await desk();
    const answers = await Promise.all([
      act({ kind: 'release' }),
      act({ kind: 'settle', amount: '5' }),
    ]);
    expect(answers.map(kindOf)).toEqual(['done', 'not-held']);
    await expect(store.get(TASK_ID)).resolves.toMatchObject({ money: { state: 'released' } });
  });

  it.each<[HoldEnd, object]>([
    [{ kind: 'release' }, NOTHING],
    [{ kind: 'settle-at-quote' }, settledAt(500_000n)],
    [{ kind: 'settle', amount: '5' }, settledAt(5_000_000n)],
    [{ kind: 'settle', amount: '0' }, NOTHING],
  ])('ended by an admin moves the server’s and the member’s sums alone: %o', async (end, moved) => {
    const { act, sums, holds, store, begun } = await desk();
    await expect(act(end)).resolves.toMatchObject({ kind: 'done' });
    expect(await sums()).toEqual({ guild: moved, member: moved, operator: HELD });
    await expect(holds.list(GUILD_ID, 40)).resolves.toEqual({ total: 0, oldest: [] });
    await expect(store.loadHeldForOperator()).resolves.toHaveLength(1);
    expect(begun).toMatchObject([{ stage: { name: 'notifying', isReNotified: true } }]);
  });

  it.each<[HoldEnd, object]>([
    [{ kind: 'release' }, NOTHING],
    [{ kind: 'settle-at-quote' }, settledAt(500_000n)],
    [{ kind: 'settle', amount: '1.25 USD' }, settledAt(1_250_000n)],
  ])('ended by the operator is ended for all: %o', async (end, moved) => {
    const { holds, sums, store, begun } = await desk();
    await expect(holds.endForOperator(TASK_ID, end, REQUEST)).resolves.toMatchObject({
      kind: 'done',
    });
    expect(await sums()).toEqual({ guild: moved, member: moved, operator: moved });
    await expect(holds.list(GUILD_ID, 40)).resolves.toEqual({ total: 0, oldest: [] });
    await expect(store.loadHeldForOperator()).resolves.toEqual([]);
    expect(begun).toHaveLength(1);
  });

  it('that an admin ended is ended by the operator for the ceiling alone', async () => {
    const { act, holds, sums, begun } = await desk();
    await act({ kind: 'settle', amount: '5' });
    await holds.endForOperator(TASK_ID, { kind: 'release' }, REQUEST);
    const server = settledAt(5_000_000n);
    expect(await sums()).toEqual({ guild: server, member: server, operator: NOTHING });
    // What its message says is no news.
    expect(begun).toHaveLength(1);
  });

  it('is ended once by the same request of the operator, which is answered alike again', async () => {
    const { holds, sums } = await desk();
    const end = { kind: 'settle', amount: '1' } as const;
    const first = await holds.endForOperator(TASK_ID, end, REQUEST);
    await expect(holds.endForOperator(TASK_ID, end, REQUEST)).resolves.toEqual(first);
    await expect(holds.endForOperator(TASK_ID, end, 'another')).resolves.toEqual({
      kind: 'not-held',
    });
    expect((await sums()).operator).toEqual(settledAt(1_000_000n));
  });

  it('is ended once on each side, in whatever order admins and operator come, twice each', async () => {
    const step = fc.record({
      by: fc.constantFrom('admin', 'operator'),
      end: fc.constantFrom<HoldEnd>(
        { kind: 'release' },
        { kind: 'settle-at-quote' },
        { kind: 'settle', amount: '2' },
        { kind: 'settle', amount: '99' },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const { act, holds, sums, store } = await desk();
        const answers = await Promise.all(
          steps.map(async ({ by, end }, at) =>
            by === 'admin' ? act(end) : holds.endForOperator(TASK_ID, end, String(at)),
          ),
        );
        const done = (by: string): number =>
          answers.filter(({ kind }, at) => kind === 'done' && steps[at]?.by === by).length;
        expect(done('admin')).toBeLessThanOrEqual(1);
        expect(done('operator')).toBeLessThanOrEqual(1);
        const task = await stored(store);
        const server = sum(task.money);
        expect(await sums()).toEqual({
          guild: server,
          member: server,
          operator: sum(task.operatorMoney ?? task.money),
        });
        expect(isHeldForOperator(task)).toBe(done('operator') === 0);
      }),
      { numRuns: 100 },
    );
  });

  it('that was found at its provider keeps what was resolved before, and no account is off', async () => {
    const step = fc.constantFrom('admin', 'operator', 'found');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
        const { act, holds, sums, store, begun } = await lost();
        const answers = await Promise.all(
          steps.map(async (by, at) => {
            if (by === 'found') return holds.resumeFound(TASK_ID, 'p-found');
            if (by === 'admin') return act({ kind: 'release' });
            return holds.endForOperator(TASK_ID, { kind: 'settle', amount: '2' }, String(at));
          }),
        );
        const isDone = (by: string): boolean =>
          answers.some(({ kind }, at) => kind === 'done' && steps[at] === by);
        const task = await stored(store);
        const { providerTaskId } = task.attempts[0] ?? {};
        expect(providerTaskId).toBe(isDone('found') ? 'p-found' : undefined);
        expect(task.stage.name === 'running').toBe(isDone('found'));
        expect(begun.at(-1)?.stage.name === 'running').toBe(isDone('found'));
        // If it runs, it finishes: the sides that nobody resolved are settled.
        const sides = isDone('found') ? moneyAtStage(task, delivering()) : task;
        await store.save({ ...task, ...sides }, task);
        expect(sides.money.state === 'held' && isDone('found')).toBe(false);
        expect(isDone('admin') && sides.money.state !== 'released').toBe(false);
        const after = await stored(store);
        const server = sum(after.money);
        expect(await sums()).toEqual({
          guild: server,
          member: server,
          operator: sum(after.operatorMoney ?? after.money),
        });
      }),
      { numRuns: 100 },
    );
  });

  it('whose create is answered counts once on each side, however it was ended before', async () => {
    const end = fc.constantFrom<HoldEnd>(
      { kind: 'release' },
      { kind: 'settle-at-quote' },
      { kind: 'settle', amount: '2' },
    );
    const step = fc.record({ by: fc.constantFrom('admin', 'operator', 'answer'), end });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
        const { act, holds, sums, store } = await lost();
        for (const [at, one] of steps.entries()) {
          if (one.by === 'answer') await holds.resumeAnswered(TASK_ID, 'p-late');
          else if (one.by === 'admin') await act(one.end);
          else await holds.endForOperator(TASK_ID, one.end, String(at));
          // Its message says so.
          await endNotified(store);
        }
        await holds.resumeAnswered(TASK_ID, 'p-late');
        const running = await stored(store);
        expect(running).toMatchObject({
          stage: { name: 'running', providerTaskId: 'p-late' },
          attempts: [{ outcome: 'created', providerTaskId: 'p-late' }],
        });
        // What the operator has ended while it ran stays as it is.
        const hasAnswered = steps.findIndex(({ by }) => by === 'answer');
        const isEndedAfter =
          hasAnswered >= 0 && steps.slice(hasAnswered).some(({ by }) => by === 'operator');
        if (isEndedAfter) return;
        expect(running.operatorMoney).toBeUndefined();
        expect(await sums()).toEqual({ guild: HELD, member: HELD, operator: HELD });
        await expect(holds.resumeAnswered(TASK_ID, 'p-late')).resolves.toEqual({
          kind: 'not-held',
        });
        await store.save({ ...running, ...moneyAtStage(running, delivering()) }, running);
        const cost = settledAt(500_000n);
        expect(await sums()).toEqual({ guild: cost, member: cost, operator: cost });
      }),
      { numRuns: 100 },
    );
  });

  it('whose create is answered goes on once its message says how it was ended', async () => {
    const { act, holds, store } = await lost();
    await act({ kind: 'release' });
    await expect(holds.resumeAnswered(TASK_ID, 'p-late')).resolves.toEqual({ kind: 'under-way' });
    await endNotified(store);
    await expect(holds.resumeAnswered(TASK_ID, 'p-late')).resolves.toMatchObject({
      kind: 'done',
      isHeldAgain: true,
      task: { stage: { name: 'running' }, money: { state: 'held' } },
    });
  });

  it('that was not lost is neither found nor answered', async () => {
    const { holds, begun } = await desk();
    await expect(holds.resumeFound(TASK_ID, 'p-found')).resolves.toEqual({ kind: 'not-held' });
    await expect(holds.resumeAnswered(TASK_ID, 'p-late')).resolves.toEqual({ kind: 'not-held' });
    expect(begun).toEqual([]);
  });

  it.each(['6', '5.000001', '-1', '1 EUR', '99999999999999999999', '1e3', ''])(
    'is not settled at %j, by nobody',
    async (amount) => {
      const { act, holds, sums, begun } = await desk();
      const end = { kind: 'settle', amount } as const;
      await expect(act(end)).resolves.toMatchObject({ kind: 'refused' });
      await expect(holds.endForOperator(TASK_ID, end, REQUEST)).resolves.toMatchObject({
        kind: 'refused',
      });
      expect(await sums()).toEqual({ guild: HELD, member: HELD, operator: HELD });
      expect(begun).toEqual([]);
    },
  );

  it.each<[HoldEnd, string]>([
    [{ kind: 'settle', amount: '1' }, 'refused'],
    [{ kind: 'settle-at-quote' }, 'refused'],
    [{ kind: 'release' }, 'done'],
  ])('without a price list can only be released: %o is %s', async (end, kind) => {
    const { act } = await desk({ quote: { kind: 'unknown' } }, null);
    await expect(act(end)).resolves.toMatchObject({ kind });
  });
});
