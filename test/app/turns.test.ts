import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/app/turns.ts';
import type { TurnLimits } from '../../src/app/turns.ts';
import { createDeferred } from '../../src/simulators/discord/deferred.ts';
import { fakeClock, settle } from '../fakes/clock.ts';

const LIMITS: TurnLimits = { atOnce: 2, perOwner: 3, maxWaitMs: 1000 };

/** Works that run until they are ended, by their names. */
function desk(limits: Partial<TurnLimits> = {}) {
  const clock = fakeClock();
  const turns = createTurns(clock, { ...LIMITS, ...limits });
  const running = new Map<string, () => void>();
  const ask = async (owner: string, name: string) =>
    turns.run(owner, async () => {
      const { promise, resolve } = createDeferred();
      running.set(name, resolve);
      await promise;
      running.delete(name);
      return name;
    });
  const end = async (name: string) => {
    running.get(name)?.();
    await settle();
  };
  return { clock, turns, ask, end, names: () => [...running.keys()] };
}

describe('work in turns', () => {
  it('runs so many at once, of one owner one, and passes over an owner whose work runs', async () => {
    const { ask, end, names } = desk();
    const all = [ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('b', 'b1'), ask('c', 'c1')];
    await settle();
    expect(names()).toEqual(['a1', 'b1']);
    await end('b1');
    expect(names()).toEqual(['a1', 'c1']);
    await end('c1');
    expect(names()).toEqual(['a1']);
    await end('a1');
    expect(names()).toEqual(['a2']);
    await end('a2');
    await end('a3');
    expect(await Promise.all(all)).toEqual(
      ['a1', 'a2', 'a3', 'b1', 'c1'].map((value) => ({ kind: 'done', value })),
    );
  });

  it('serves owners in turn, whoever of them has most waiting', async () => {
    const { ask, end, names } = desk({ atOnce: 1 });
    const all = [ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('b', 'b1'), ask('b', 'b2')];
    const order: string[] = [];
    for (let served = 0; served < 5; served += 1) {
      await settle();
      const [name = ''] = names();
      order.push(name);
      await end(name);
    }
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
    await Promise.all(all);
  });

  it('is full for an owner with so many running and waiting, and for nobody else', async () => {
    const { ask, end, names } = desk({ perOwner: 1 });
    const first = ask('a', 'a1');
    await expect(ask('a', 'a2')).resolves.toEqual({ kind: 'full' });
    const other = ask('b', 'b1');
    await settle();
    expect(names()).toEqual(['a1', 'b1']);
    await end('a1');
    await first;
    const again = ask('a', 'a3');
    await settle();
    expect(names()).toEqual(['b1', 'a3']);
    await end('a3');
    await end('b1');
    await Promise.all([other, again]);
  });

  it('is late if its turn does not come in time, and is then never begun', async () => {
    const { ask, end, names, clock } = desk({ atOnce: 1 });
    const first = ask('a', 'a1');
    const second = ask('b', 'b1');
    await clock.advance(1000);
    await expect(second).resolves.toEqual({ kind: 'late' });
    await end('a1');
    await first;
    expect(names()).toEqual([]);
    // What has begun may take as long as it likes.
    const long = ask('b', 'b2');
    await clock.advance(10_000);
    await end('b2');
    await expect(long).resolves.toEqual({ kind: 'done', value: 'b2' });
    expect(clock.timersSet()).toBe(0);
  });

  it('goes on with the next one if a work fails', async () => {
    const { turns, ask, end, names } = desk({ atOnce: 1, perOwner: 1 });
    const broken = turns.run('a', async () => {
      await settle();
      throw new Error('disk is gone');
    });
    const next = ask('b', 'b1');
    await expect(broken).rejects.toThrow('disk is gone');
    await settle();
    expect(names()).toEqual(['b1']);
    await end('b1');
    await next;
    await expect(turns.run('a', async () => 'again')).resolves.toMatchObject({ value: 'again' });
  });
});
