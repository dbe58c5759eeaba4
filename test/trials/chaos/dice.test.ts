import { describe, expect, it } from 'vitest';
import { createDice, pick } from '../../../src/trials/chaos/dice.ts';
import { FULL } from '../../../src/trials/chaos/pace.ts';
import { writeScript } from '../../../src/trials/chaos/script.ts';

describe('the dice', () => {
  it('fall the same for the same seed and labels, whatever was rolled in between', () => {
    const [one, other] = [createDice('seed'), createDice('seed')];
    one('something', 1);
    expect(one('create', 'take', 2)).toBe(other('create', 'take', 2));
    expect(writeScript(one, FULL)).toEqual(writeScript(other, FULL));
  });

  it('fall differently for another seed', () => {
    expect(writeScript(createDice('one'), FULL)).not.toEqual(writeScript(createDice('two'), FULL));
  });

  it('choose each entry by its weight', () => {
    const table = [
      [1, 'rare'],
      [3, 'usual'],
    ] as const;
    expect([0, 0.24, 0.25, 0.999].map((roll) => pick(table, roll))).toEqual([
      'rare',
      'rare',
      'usual',
      'usual',
    ]);
  });
});
