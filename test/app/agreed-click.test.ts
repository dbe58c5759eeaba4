import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/app/admission.ts';
import type { AgreedBy } from '../../src/domain/ledger/agreed-price.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../src/domain/ledger/price-list.ts';
import type { Quote } from '../../src/domain/ledger/quote.ts';
import { ROUTES } from '../fakes/catalogue.ts';
import { videoDesk } from '../fakes/video-desk.ts';

const UNKNOWN: Quote = { kind: 'unknown' };
const TWO_DOLLARS: Quote = {
  kind: 'priced',
  micros: 2_000_000n,
  currency: 'USD',
  price: { amount: '2', currency: 'USD', per: 'task' },
};
const KEY = 'jimmy/seedance2.0-sp-720p';

function listOf(prices: object): PriceList {
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.list;
}
const PRICED = listOf({ [KEY]: { amount: '2', per: 'task' } });
const UNPRICED = listOf({});
const LISTS = { a: UNPRICED, no: undefined };

/** What a request becomes in a server that has prices above this amount confirmed. */
async function decided(
  priceList: PriceList | undefined,
  confirmAbove: bigint | undefined,
  agreed: Agreement | undefined,
): Promise<string> {
  const desk = videoDesk({ deps: { priceList } });
  const call = desk.call({ agreed });
  if (confirmAbove !== undefined) {
    await desk.deps.guilds.change(call.guildId, (before) => ({ ...before, confirmAbove }));
  }
  return (await desk.accept(call)).kind;
}

describe('a click that agrees to a price', () => {
  it.each<[by: AgreedBy, where: string, above: bigint | undefined, becomes: string]>([
    ['question', 'above the amount', 1_000_000n, 'accepted'],
    ['choice', 'above the amount', 1_000_000n, 'accepted'],
    ['quick', 'above the amount', 1_000_000n, 'confirm'],
    ['quick', 'at the amount', 2_000_000n, 'accepted'],
    ['quick', 'without an amount', undefined, 'accepted'],
  ])('by a %s is taken at a known price %s', async (by, _where, above, becomes) => {
    expect(await decided(PRICED, above, { shown: TWO_DOLLARS, by })).toBe(becomes);
  });

  it.each<[by: AgreedBy, above: bigint | undefined, list: keyof typeof LISTS, becomes: string]>([
    ['question', 1_000_000n, 'a', 'accepted'],
    ['question', 1_000_000n, 'no', 'accepted'],
    // An entry that shows no price confirms none.
    ['choice', 1_000_000n, 'a', 'confirm'],
    ['choice', 1_000_000n, 'no', 'confirm'],
    ['choice', undefined, 'a', 'accepted'],
    ['choice', undefined, 'no', 'accepted'],
    ['quick', 1_000_000n, 'no', 'confirm'],
    ['quick', undefined, 'a', 'confirm'],
    ['quick', undefined, 'no', 'accepted'],
  ])('by a %s, with an amount of %s and %s list, %s', async (by, above, list, becomes) => {
    expect(await decided(LISTS[list], above, { shown: UNKNOWN, by })).toBe(becomes);
  });

  it.each<AgreedBy>(['question', 'choice', 'quick'])(
    'by a %s asks where the price came, rose or went away',
    async (by) => {
      expect(await decided(PRICED, undefined, { shown: UNKNOWN, by })).toBe('confirm');
      const lower = { ...TWO_DOLLARS, micros: 1_999_999n };
      expect(await decided(PRICED, undefined, { shown: lower, by })).toBe('confirm');
      expect(await decided(UNPRICED, undefined, { shown: TWO_DOLLARS, by })).toBe('confirm');
    },
  );
});

it('the price of an offer that was agreed to by a quick click is read as such again', async () => {
  const { deps, call } = videoDesk();
  const { guildId, memberId, request } = call();
  const offer = { id: '1300000000000000900', guildId, memberId, route: '', request } as const;
  const pending = { ...offer, shown: UNKNOWN, agreedBy: 'quick', expiresAt: 1 } as const;
  await deps.confirmations.put(pending);
  expect(await deps.confirmations.get(pending.id)).toMatchObject({ agreedBy: 'quick' });
});
