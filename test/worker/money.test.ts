import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/domain/ledger/quote.ts';
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
