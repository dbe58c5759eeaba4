import { describe, expect, it } from 'vitest';
import { onceFirst } from '../../src/bot/once-first.ts';
import { fakeClock } from '../fakes/clock.ts';

/** A process that is the first one or not, and does not know the time before it is given. */
function aProcess(isFirst: boolean) {
  const waiting: (() => void)[] = [];
  const clock = { ...fakeClock(), onceKnown: (then: () => void) => void waiting.push(then) };
  const state = { isFirst, done: 0 };
  const loop = onceFirst({ clock, ownership: { isFirst: () => state.isFirst } }, async () => {
    state.done += 1;
  });
  const learnTime = (): void => {
    for (const then of waiting) then();
  };
  return { clock, state, loop, learnTime };
}

describe('what is done once', () => {
  it('is done by the first process when the time is known, and not again', async () => {
    const { clock, state, learnTime } = aProcess(true);
    await clock.advance(10_000);
    expect(state.done).toBe(0);
    learnTime();
    expect(state.done).toBe(1);
    await clock.advance(86_400_000);
    expect(state.done).toBe(1);
    expect(clock.timersSet()).toBe(0);
  });

  it('is done by another one when it becomes the first, and not before', async () => {
    const { clock, state, learnTime } = aProcess(false);
    learnTime();
    await clock.advance(86_400_000);
    expect(state.done).toBe(0);
    state.isFirst = true;
    await clock.advance(1000);
    expect(state.done).toBe(1);
  });

  it('is not begun after a stop', async () => {
    const waiting = aProcess(false);
    waiting.learnTime();
    await waiting.loop.stop();
    expect(waiting.clock.timersSet()).toBe(0);
    const early = aProcess(true);
    await early.loop.stop();
    early.learnTime();
    expect(early.state.done).toBe(0);
  });
});
