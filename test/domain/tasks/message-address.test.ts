import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descend, rungAt } from '../../../src/domain/tasks/message-address.ts';
import type { MessageAddress, Rung, Unreached } from '../../../src/domain/tasks/message-address.ts';
import { MESSAGE_ID, anAddress } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const MINUTE = 60_000;
const RUNGS: readonly Rung[] = ['webhook', 'channel', 'repost', 'lost'];
const REASONS: readonly Unreached[] = ['token-refused', 'message-gone', 'no-access'];

describe('the way to a message', () => {
  it.each<[string, Partial<MessageAddress>, number, Rung]>([
    ['a fresh token', {}, 0, 'webhook'],
    ['a token of just under 14 minutes', {}, 14 * MINUTE - 1, 'webhook'],
    ['a token of 14 minutes', {}, 14 * MINUTE, 'channel'],
    ['an old token and no known message', { messageId: undefined }, 14 * MINUTE, 'repost'],
    ['a token refused early', { rung: 'channel' }, 0, 'channel'],
    ['a message posted anew', { rung: 'repost' }, 20 * MINUTE, 'repost'],
    ['nothing left', { rung: 'lost' }, 0, 'lost'],
  ])('with %s is %s', (_what, changes, age, rung) => {
    expect(rungAt(anAddress(changes), NOON + age)).toBe(rung);
  });
});

describe('a way that is closed', () => {
  it.each<[Rung, Unreached, string | undefined, Rung]>([
    ['webhook', 'token-refused', MESSAGE_ID, 'channel'],
    ['webhook', 'no-access', MESSAGE_ID, 'channel'],
    ['webhook', 'token-refused', undefined, 'repost'],
    ['webhook', 'message-gone', MESSAGE_ID, 'repost'],
    ['channel', 'message-gone', MESSAGE_ID, 'repost'],
    ['channel', 'no-access', MESSAGE_ID, 'repost'],
    ['repost', 'no-access', MESSAGE_ID, 'lost'],
    ['repost', 'message-gone', MESSAGE_ID, 'lost'],
    ['lost', 'no-access', MESSAGE_ID, 'lost'],
  ])('%s for %s with message %s leads to %s', (from, why, messageId, to) => {
    expect(descend(anAddress({ rung: from, messageId }), from, why).rung).toBe(to);
  });
});

const addresses = fc.record({
  rung: fc.constantFrom(...RUNGS),
  messageId: fc.constantFrom(MESSAGE_ID, undefined),
  repostId: fc.constantFrom('1300000000000000099', undefined),
});

describe('the ladder', () => {
  it('never goes up, whatever happens and whenever', () => {
    fc.assert(
      fc.property(
        addresses,
        fc.nat(60 * MINUTE),
        fc.constantFrom(...REASONS),
        (changes, age, why) => {
          const address = anAddress(changes);
          const rung = rungAt(address, NOON + age);
          expect(RUNGS.indexOf(rung)).toBeGreaterThanOrEqual(RUNGS.indexOf(address.rung));
          const next = descend(address, rung, why);
          const isLower = RUNGS.indexOf(next.rung) > RUNGS.indexOf(rung);
          expect(isLower || rung === 'lost').toBe(true);
          expect({ ...next, rung: null }).toEqual({ ...address, rung: null });
        },
      ),
    );
  });

  it('ends after three closed ways at most', () => {
    fc.assert(
      fc.property(
        addresses,
        fc.array(fc.constantFrom(...REASONS), { minLength: 3 }),
        (from, whys) => {
          let address = anAddress(from);
          for (const why of whys) address = descend(address, rungAt(address, NOON), why);
          expect(address.rung).toBe('lost');
        },
      ),
    );
  });
});
