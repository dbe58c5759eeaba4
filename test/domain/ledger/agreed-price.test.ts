import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCovered } from '../../../src/domain/ledger/agreed-price.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';

const UNKNOWN: Quote = { kind: 'unknown' };
const priced = (micros: bigint, currency = 'USD'): Quote => ({
  kind: 'priced',
  micros,
  currency,
  price: { amount: '1', currency, per: 'task' },
});

describe('a member who agreed to a price', () => {
  it.each<[what: string, shown: Quote, now: Quote, covered: boolean]>([
    ['agreed to the same', priced(1_000_000n), priced(1_000_000n), true],
    ['agreed to a lower one', priced(1_000_000n), priced(999_999n), true],
    ['agreed to nothing at all', priced(1_000_000n), priced(0n), true],
    ['did not agree to a millionth more', priced(1_000_000n), priced(1_000_001n), false],
    ['did not agree to one that went away', priced(1_000_000n), UNKNOWN, false],
    ['that was unknown agreed to an unknown one', UNKNOWN, UNKNOWN, true],
    ['that was unknown did not agree to one that came', UNKNOWN, priced(1n), false],
    ['did not agree to another currency', priced(1_000_000n), priced(1n, 'EUR'), false],
  ])('%s', (_what, shown, now, covered) => {
    expect(isCovered(shown, now)).toBe(covered);
  });

  it('agreed to what is not above it, and to nothing else', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(amount, amount, (shown, now) => {
        expect(isCovered(priced(shown), priced(now))).toBe(now <= shown);
      }),
    );
  });
});
