import { describe, expect, it } from 'vitest';
import type { CreateOutcome } from '../../src/domain/tasks/provider-answer.ts';
import { TASK_ID, aRefusal, aTask, submitting } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const ROUTE = 'jimmy/seedance2.0-sp';
const PRICED = {
  kind: 'priced',
  micros: 500_000n,
  currency: 'USD',
  price: { amount: '0.10', currency: 'USD', per: 'second' },
} as const;

const attemptsOf = (world: WorkerWorld) => world.tasks.byId.get(TASK_ID)?.attempts;

describe('the attempts of a task', () => {
  it('are one a create, with what became of it and what it cost', async () => {
    const world = workerWorld(aTask({ quote: PRICED }));
    world.provider.createAnswers.push({ kind: 'busy', detail: '', retryAfterMs: 1000 });
    await work(world);
    expect(attemptsOf(world)).toMatchObject([
      { route: ROUTE, at: NOON, outcome: 'busy' },
      { route: ROUTE, at: NOON + 1000, outcome: 'created', cost: 500_000n },
    ]);
    expect(attemptsOf(world)?.[1]?.providerTaskId).toEqual(expect.any(String));
    expect(attemptsOf(world)?.[0]).not.toHaveProperty('cost');
  });

  it.each<CreateOutcome>([
    { kind: 'refused', refusal: aRefusal() },
    { kind: 'wrong-address', detail: '' },
    { kind: 'unknown', detail: '' },
  ])('say how the last one ended: %o', async (answer) => {
    const world = workerWorld(aTask());
    world.provider.createAnswers.push(answer);
    await work(world);
    expect(attemptsOf(world)).toEqual([{ route: ROUTE, at: NOON, outcome: answer.kind }]);
  });

  it('have none that was not made, for no line of it could be written', async () => {
    const world = workerWorld(aTask());
    let refusals = 1;
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'attempts.attempt' && refusals > 0) {
          refusals -= 1;
          throw new Error('disk full');
        }
        return effect();
      },
    });
    expect(attemptsOf(world)).toMatchObject([{ outcome: 'created' }]);
  });

  it('keep one that was cut without an outcome', async () => {
    const attempts = [{ route: ROUTE, at: NOON }];
    const world = workerWorld(aTask({ stage: submitting(), attempts }));
    await work(world);
    expect(attemptsOf(world)).toEqual(attempts);
  });
});
