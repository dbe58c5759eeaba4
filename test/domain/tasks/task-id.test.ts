import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DISCORD_EPOCH_MS,
  snowflakeTime,
  isOlderSnowflake,
} from '../../../src/domain/tasks/snowflake.ts';
import { createTaskIds, isTaskId } from '../../../src/domain/tasks/task-id.ts';
import { NOON } from '../../fakes/clock.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the ids of tasks', () => {
  it('tell when they were made, and end in chance', () => {
    const ids = [0, 0.5, 1 - Number.EPSILON].map((random) => createTaskIds(() => random)(NOON));
    expect(ids.map(snowflakeTime)).toEqual([NOON, NOON, NOON]);
    expect(ids.map((id) => Number(BigInt(id) % (1n << 22n)))).toEqual([0, 2 ** 21, 2 ** 22 - 1]);
  });

  it('sort as they were made, within one millisecond and whatever the clock does', () => {
    const instants = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(instants, fc.infiniteStream(chance), (offsets, random) => {
        const next = createTaskIds(() => Number(random.next().value));
        const ids = offsets.map((offset) => next(NOON + offset));
        for (const [index, id] of ids.slice(1).entries()) {
          expect(isOlderSnowflake(ids[index] ?? '', id)).toBe(true);
        }
        expect(ids.every(isTaskId)).toBe(true);
        // As keys they are found in the same order.
        expect(ids.toSorted()).toEqual(ids);
      }),
    );
  });

  it('of two processes in one millisecond are different ones', () => {
    const [one, other] = [createTaskIds(() => 0.25), createTaskIds(() => 0.75)];
    expect(one(NOON)).not.toBe(other(NOON));
  });

  it('are no ids before Discord began', () => {
    expect(() => createTaskIds(() => 0)(DISCORD_EPOCH_MS - 1)).toThrow('Invalid string');
  });
});
