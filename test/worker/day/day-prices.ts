import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import type { Price } from '../../../src/domain/ledger/price.ts';
import { tokensOf } from '../../../src/simulators/providers/tokens.ts';
import type { FrameSize } from '../../../src/simulators/providers/render/frame-size.ts';
import type { Made } from './made.ts';

/** Two of them make the cheapest five seconds, and the third does in one of the lists. */
export const FULL = 'jimmy/sd2_mx';
export const MINI = 'jimmy/seedance2.0-mini-sp';
export const OTHER = 'anyfast/seedance-2.0-mini';

/** An operator's price list, and what it says as this test reckons it itself, in millionths. */
export interface DayPrices {
  readonly list: PriceList;
  readonly costOf: (made: Made) => bigint;
  /** Where no answer says what is charged. */
  readonly heldFor: (made: Made) => bigint;
}

const IN_USD = { currency: 'USD' } as const;
const BY_TASK: Price = { ...IN_USD, amount: '0.10', per: 'task' };
const BY_SECOND: Price = { ...IN_USD, amount: '0.02', per: 'second' };
const BY_TOKENS: Price = { ...IN_USD, amount: '3.50', per: 'million_tokens' };

function listWith(other: Price): PriceList {
  const prices = new Map([
    [`${FULL}_720p`, BY_SECOND],
    [`${MINI}-720p`, BY_TASK],
    [OTHER, other],
  ]);
  return { ...IN_USD, prices };
}

const ofJimmy = ({ route, seconds }: Made): bigint =>
  route === FULL ? BigInt(seconds) * 20_000n : 100_000n;

const byTask = (made: Made): bigint => (made.route === OTHER ? 100_000n : ofJimmy(made));

/** AnyFast costs as much as Full, so `auto` goes from one to the other. */
export const SAME_PRICE: DayPrices = { list: listWith(BY_TASK), costOf: byTask, heldFor: byTask };

const tokenCost = (size: FrameSize, seconds: number): bigint =>
  BigInt(Math.ceil(tokensOf(size, seconds) * 3.5));

const byTokens =
  (size: FrameSize) =>
  (made: Made): bigint =>
    made.route === OTHER ? tokenCost(size, made.seconds) : ofJimmy(made);

/** AnyFast charges by tokens, and more, so `auto` goes from Full to Mini. */
export const TOKEN_PRICE: DayPrices = {
  list: listWith(BY_TOKENS),
  costOf: byTokens({ width: 1280, height: 720 }),
  // A frame of no chosen shape is counted as the largest.
  heldFor: (made) =>
    made.route === OTHER
      ? BigInt(Math.ceil((834 * 1112 * (24 * made.seconds + 1) * 3.5) / 1024))
      : ofJimmy(made),
};
