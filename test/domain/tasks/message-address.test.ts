import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterRefusal,
  currentPath,
  fallBack,
  isLastTry,
  withoutRefusals,
} from '../../../src/domain/tasks/message-address.ts';
import type {
  MessageAddress,
  DeliveryPath,
  UnreachableReason,
} from '../../../src/domain/tasks/message-address.ts';
import { MESSAGE_ID, anAddress } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const MINUTE = 60_000;
const PATHS: readonly DeliveryPath[] = ['webhook', 'channel', 'repost', 'lost'];
const REASONS: readonly UnreachableReason[] = ['token-refused', 'message-gone', 'no-access'];

describe('the way to a message', () => {
  it.each<[string, Partial<MessageAddress>, number, DeliveryPath]>([
    ['a fresh token', {}, 0, 'webhook'],
    ['a token of just under 14 minutes', {}, 14 * MINUTE - 1, 'webhook'],
    ['a token of 14 minutes', {}, 14 * MINUTE, 'channel'],
    ['an old token and no known message', { messageId: undefined }, 14 * MINUTE, 'repost'],
    ['a token refused early', { deliveryPath: 'channel' }, 0, 'channel'],
    ['a message posted anew', { deliveryPath: 'repost' }, 20 * MINUTE, 'repost'],
    ['nothing left', { deliveryPath: 'lost' }, 0, 'lost'],
  ])('with %s is %s', (_what, changes, age, path) => {
    expect(currentPath(anAddress(changes), NOON + age)).toBe(path);
  });
});

describe('a way that is closed', () => {
  it.each<[DeliveryPath, UnreachableReason, string | undefined, DeliveryPath]>([
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
    expect(fallBack(anAddress({ deliveryPath: from, messageId }), from, why).deliveryPath).toBe(to);
  });
});

describe('a refusal that may never change', () => {
  it('gives a path up after five in a row, but never a new message', () => {
    const paths: DeliveryPath[] = [];
    let address = anAddress();
    for (let times = 0; times < 20; times += 1) {
      const path = currentPath(address, NOON);
      paths.push(path);
      expect(isLastTry(address, path)).toBe(path !== 'repost' && times % 5 === 4);
      address = afterRefusal(address, path);
    }
    expect(paths.join(' ').replaceAll(/(\S+)( \1)*/g, '$1')).toBe('webhook channel repost');
    expect(paths.filter((path) => path === 'webhook')).toHaveLength(5);
    expect(paths.filter((path) => path === 'channel')).toHaveLength(5);
  });

  it('does not count for the path that follows by age, nor after a success', () => {
    const tired = anAddress({ refusals: 4 });
    expect(afterRefusal(tired, 'channel')).toEqual(
      anAddress({ deliveryPath: 'channel', refusals: 1 }),
    );
    expect(withoutRefusals(tired)).toEqual(anAddress());
    expect(fallBack(tired, 'webhook', 'token-refused')).toEqual(
      anAddress({ deliveryPath: 'channel' }),
    );
  });
});

const addresses = fc.record({
  deliveryPath: fc.constantFrom(...PATHS),
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
          const path = currentPath(address, NOON + age);
          expect(PATHS.indexOf(path)).toBeGreaterThanOrEqual(PATHS.indexOf(address.deliveryPath));
          const next = fallBack(address, path, why);
          const isLower = PATHS.indexOf(next.deliveryPath) > PATHS.indexOf(path);
          expect(isLower || path === 'lost').toBe(true);
          expect({ ...next, deliveryPath: null }).toEqual({ ...address, deliveryPath: null });
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
          for (const why of whys) address = fallBack(address, currentPath(address, NOON), why);
          expect(address.deliveryPath).toBe('lost');
        },
      ),
    );
  });
});
