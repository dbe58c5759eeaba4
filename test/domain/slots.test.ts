import { assert, bigInt, integer, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLOTS, slotOf } from '../../src/domain/slots.ts';

const guildIds = bigInt({ min: 1n << 50n, max: (1n << 64n) - 1n }).map(String);

describe('the slot of a guild', () => {
  it.each([
    ['0', 0],
    [String(1n << 22n), 1],
    [String((1n << 22n) - 1n), 0],
    [String((64n << 22n) + 5n), 0],
    [String((127n << 22n) + 7n), 63],
    ['81384788765712384', 2],
    ['not a guild', 0],
    ['', 0],
  ])('of %j is %d', (guildId, slot) => {
    expect(slotOf(guildId)).toBe(slot);
  });

  it("is the guild's shard, if there are as many shards as slots or a smaller power of two", () => {
    assert(
      property(guildIds, integer({ min: 0, max: 6 }), (guildId, power) => {
        const shards = 2 ** power;
        const shard = Number((BigInt(guildId) >> 22n) % BigInt(shards));
        expect(slotOf(guildId) % shards).toBe(shard);
      }),
    );
  });

  it('is a whole number below the number of slots, whatever the text', () => {
    assert(
      property(oneof(guildIds, string()), (text) => {
        const slot = slotOf(text);
        expect(Number.isInteger(slot) && slot >= 0 && slot < SLOTS).toBe(true);
      }),
    );
  });
});
