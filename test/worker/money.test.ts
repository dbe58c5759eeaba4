import { describe, expect, it } from 'vitest';
import type { ReadLength } from '../../src/app/ports/reference-lengths-port.ts';
import { parseDecimal, wholeNumber } from '../../src/domain/ledger/decimal.ts';
import type { Quote } from '../../src/domain/ledger/quote.ts';
import { planOf } from '../../src/domain/tasks/plan.ts';
import type { CreateOutcome, QueryOutcome } from '../../src/domain/tasks/provider-answer.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import {
  RESULT_URL,
  TASK_ID,
  aRefusal,
  aTask,
  anAddress,
  running,
  submitting,
} from '../fakes/a-task.ts';
import { aRequest, anAttachment } from '../fakes/a-request.ts';
import { NOON } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const refusal = aRefusal();

const BY_TOKENS: Quote = {
  kind: 'priced',
  micros: 381_150n,
  currency: 'USD',
  price: { amount: '3.50', currency: 'USD', per: 'million_tokens' },
  pixels: 1280 * 720 * 121,
};

/** What a provider tells of a cost. */
const reported = (amount: string, currency = 'USD') => ({
  cost: { amount: parseDecimal(amount) ?? wholeNumber(0), currency },
});

interface End {
  readonly create?: CreateOutcome;
  readonly query?: QueryOutcome;
  readonly task?: Partial<Task>;
  readonly set?: (world: WorkerWorld) => void;
}

describe('the money of a task', () => {
  it.each<[string, End, object]>([
    ['delivered', {}, { state: 'settled' }],
    ['refused', { create: { kind: 'refused', refusal } }, { state: 'released', assumed: false }],
    ['failed', { query: { kind: 'failed', refusal } }, { state: 'released', assumed: true }],
    ['of unknown outcome', { create: { kind: 'unknown', detail: '' } }, { state: 'held' }],
    ['found being sent', { task: { stage: submitting() } }, { state: 'held' }],
    [
      'unknown to its provider',
      {
        task: { stage: running({ submittedAt: NOON - 60_000, missingSince: NOON - 60_000 }) },
        query: { kind: 'missing' },
      },
      { state: 'held' },
    ],
    [
      'given up',
      { task: { stage: running({ submittedAt: NOON - 3_600_000 }) }, query: { kind: 'pending' } },
      { state: 'held' },
    ],
    ['that never began', { task: { stage: { name: 'acknowledging' } } }, { state: 'released' }],
    [
      'whose result is gone',
      { set: ({ video }) => void video.answers.push({ kind: 'gone', status: 404 }) },
      { state: 'settled' },
    ],
    [
      'that reaches no channel',
      {
        task: { address: anAddress({ deliveryPath: 'repost' }) },
        set: ({ channel }) => {
          channel.isClosed = true;
        },
      },
      { state: 'settled' },
    ],
  ])('%s ends as it should, and the admins hear of what is held', async (_what, end, money) => {
    const world = workerWorld(aTask(end.task));
    if (end.create !== undefined) world.provider.createAnswers.push(end.create);
    if (end.query !== undefined) world.provider.queryAnswers.push(end.query);
    end.set?.(world);
    await work(world);
    const task = world.tasks.byId.get(TASK_ID);
    expect(task?.stage.name).toBe('ended');
    expect(task?.money).toMatchObject(money);
    const isHeld = task?.money.state === 'held';
    expect(world.notified.filter((word) => word.startsWith('held'))).toHaveLength(isHeld ? 1 : 0);
  });

  it.each<[string, Partial<Extract<QueryOutcome, { kind: 'finished' }>>, boolean]>([
    ['without a usage', {}, true],
    ['with a usage of zero', { usage: { completionTokens: 0n } }, true],
    ['with its usage', { usage: { completionTokens: 100_000n } }, false],
  ])(
    'billed by tokens %s is settled, and the log says where by the quote',
    async (_, notified, isAssumed) => {
      const world = workerWorld(aTask({ stage: running(), quote: BY_TOKENS }));
      world.provider.queryAnswers.push({ kind: 'finished', resultUrl: RESULT_URL, ...notified });
      await work(world);
      const cost = isAssumed ? 381_150n : 350_000n;
      expect(world.tasks.byId.get(TASK_ID)?.money).toMatchObject({
        state: 'settled',
        amounts: { cost },
      });
      const said = world.log.lines.filter(({ message }) =>
        message.includes('settled at the quote'),
      );
      expect(said.map(({ level }) => level)).toEqual(isAssumed ? ['warn'] : []);
    },
  );

  describe('whose provider tells what it cost', () => {
    const price = { amount: '0.10', currency: 'USD', per: 'second' } as const;
    const quote: Quote = {
      kind: 'priced',
      micros: 500_000n,
      currency: 'CNY',
      price: { ...price, rate: '7.25' },
      costReport: { currency: 'USD', rate: '7.25' },
    };
    const amounts = { videos: 1n, seconds: 5n, cost: 500_000n };
    const money = { state: 'reserved', amounts } as const;
    const assumed = { state: 'settled', amounts, assumed: true };

    it.each<[string, Partial<Extract<QueryOutcome, { kind: 'finished' }>>, object]>([
      [
        'is settled by that, above its reservation',
        reported('0.10'),
        { state: 'settled', amounts: { ...amounts, cost: 725_000n } },
      ],
      ['is settled at its quote, assumed, where it does not', {}, assumed],
      [
        'is settled at its quote, assumed, in a currency without a rate',
        reported('1', 'EUR'),
        assumed,
      ],
      ['is held where that is absurd', reported('0.42'), { state: 'held', amounts }],
    ])('%s', async (_what, answered, after) => {
      const world = workerWorld(aTask({ stage: running(), quote, money }));
      world.provider.queryAnswers.push({ kind: 'finished', resultUrl: RESULT_URL, ...answered });
      await work(world);
      expect(world.tasks.byId.get(TASK_ID)).toMatchObject({ stage: { name: 'ended' } });
      expect(world.tasks.byId.get(TASK_ID)?.money).toEqual(after);
      const isAssumed = after === assumed;
      expect(
        world.log.lines.filter(({ message }) => message.includes('reported no cost')),
      ).toHaveLength(isAssumed ? 1 : 0);
    });
  });

  describe('with a reference video of unknown length', () => {
    const settings = { route: 'jimmy/seedance2.0-mini', durationSeconds: 5, resolution: '720p' };
    const price = { amount: '0.10', currency: 'USD', per: 'second' } as const;
    const quote: Quote = {
      kind: 'priced',
      micros: 2_000_000n,
      currency: 'USD',
      price,
      hasUnknownLength: true,
    };
    const { seconds: _, ...video1 } = anAttachment('video1');
    const request = aRequest({ media: { video1 } });
    const amounts = { videos: 1n, seconds: 5n, cost: 2_000_000n };
    const ofMini = (changes: Partial<Task> = {}) =>
      aTask({
        settings,
        quote,
        money: { state: 'reserved', amounts },
        secrets: { request, interactionToken: 'token' },
        ...changes,
      });

    it.each<[string, ReadLength | undefined, object]>([
      [
        'is settled with what its file says',
        { kind: 'read', seconds: 7.4 },
        { state: 'settled', amounts: { ...amounts, cost: 1_200_000n } },
      ],
      [
        'is assumed where its file says nothing',
        undefined,
        { state: 'settled', amounts, assumed: true },
      ],
      [
        'is assumed where its file could not be had',
        { kind: 'try-again' },
        { state: 'settled', amounts, assumed: true },
      ],
    ])('%s', async (_what, length, money) => {
      const world = workerWorld(ofMini());
      if (length !== undefined) world.lengths.set(video1.url, length);
      await work(world);
      expect(world.provider.creates).toHaveLength(1);
      expect(world.tasks.byId.get(TASK_ID)?.money).toEqual(money);
      const isAssumed = 'assumed' in money;
      expect(
        world.log.lines.filter(({ message }) => message.includes('length of a reference video')),
      ).toHaveLength(isAssumed ? 1 : 0);
    });

    it('is read again with the next poll while its file cannot be had, and then no more', async () => {
      const world = workerWorld(ofMini());
      world.lengths.set(video1.url, { kind: 'try-again' });
      const pending = { kind: 'pending' } as const;
      world.provider.queryAnswers.push(pending, pending, pending);
      await work(world, {
        guard: async (name, effect) => {
          if (name === 'provider.query' && world.provider.queries.length === 1) {
            world.lengths.set(video1.url, { kind: 'read', seconds: 3 });
          }
          if (name === 'provider.query' && world.provider.queries.length === 2) {
            world.lengths.set(video1.url, { kind: 'read', seconds: 15 });
          }
          return effect();
        },
      });
      const task = world.tasks.byId.get(TASK_ID);
      expect(task?.measured).toEqual({ kind: 'read', micros: 800_000n });
      expect(task?.money).toMatchObject({ state: 'settled', amounts: { cost: 800_000n } });
    });

    it('is not read where the provider is billed by nothing that needs it', async () => {
      const { hasUnknownLength: __, ...known } = quote;
      const world = workerWorld(ofMini({ plan: planOf({ ...settings, quote: known }) }));
      world.lengths.set(video1.url, { kind: 'read', seconds: 7.4 });
      await work(world);
      expect(world.tasks.byId.get(TASK_ID)?.measured).toBeUndefined();
    });
  });

  it('is written with the stage that it follows from', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    const states: string[] = [];
    await work(world, {
      guard: async (name, effect) => {
        const answer = await effect();
        const task = world.tasks.byId.get(TASK_ID);
        if (name === 'store.end') states.push(`${task?.stage.name} ${task?.money.state}`);
        return answer;
      },
    });
    expect(states).toEqual(['ended settled']);
  });
});
