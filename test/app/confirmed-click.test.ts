import { quoteOf } from '../../src/domain/tasks/plan.ts';
import { describe, expect, it } from 'vitest';
import type { PendingConfirmation } from '../../src/app/ports/confirmation-port.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../src/domain/ledger/price-list.ts';
import type { Quote } from '../../src/domain/ledger/quote.ts';
import { aRequest } from '../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { videoDesk } from '../fakes/video-desk.ts';
import type { VideoDeskOptions } from '../fakes/video-desk.ts';
import { ROUTES } from '../fakes/catalogue.ts';

const idOf = (number: number): string => String(1_300_000_000_000_000_000n + BigInt(number));
const UNKNOWN: Quote = { kind: 'unknown' };

const priced = (dollars: bigint, currency = 'USD'): Quote => ({
  kind: 'priced',
  micros: dollars * 1_000_000n,
  currency,
  price: { amount: String(dollars), currency, per: 'task' },
});

const PENDING: PendingConfirmation = {
  id: idOf(1),
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  route: 'jimmy/seedance2.0-sp',
  request: aRequest(),
  shown: UNKNOWN,
  expiresAt: NOON + 600_000,
};

function listOf(json: object): PriceList {
  const parsed = parsePriceList(json, ROUTES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.list;
}

const KEY = 'jimmy/seedance2.0-sp-720p';
const costing = (amount: string, currency = 'USD'): PriceList =>
  listOf({ currency, prices: { [KEY]: { amount, per: 'task' } } });

/** A bot that was started with this list after the price was shown. */
async function deskAfter(
  priceList: PriceList | undefined,
  pending: PendingConfirmation = PENDING,
  options: VideoDeskOptions = {},
) {
  const desk = videoDesk({ ...options, deps: { priceList, ...options.deps } });
  await desk.deps.confirmations.put(pending);
  const click = (number: number, confirms = pending) =>
    desk.accept(desk.call({ interactionId: idOf(number), confirms }));
  return { ...desk, click };
}

describe('a click on the button of a price', () => {
  it('that began nothing, for its record was not written, leaves the button good', async () => {
    let failures = 1;
    const { click, deps, begun } = await deskAfter(undefined, PENDING, {
      tasks: (store) => ({
        ...store,
        create: async (...given) => {
          failures -= 1;
          if (failures >= 0) throw new Error('disk full');
          return store.create(...given);
        },
      }),
    });
    await expect(click(2)).resolves.toEqual({ kind: 'not-begun' });
    await expect(deps.confirmations.get(PENDING.id)).resolves.toEqual(PENDING);
    await expect(click(3)).resolves.toEqual({ kind: 'accepted' });
    expect(begun.map(({ interactionId, stage }) => [interactionId, stage.name])).toEqual([
      [idOf(3), 'queued'],
    ]);
    await expect(click(4)).resolves.toEqual({ kind: 'already-confirmed' });
    await expect(deps.confirmations.get(PENDING.id)).resolves.toBeUndefined();
  });

  it.each<[what: string, shown: Quote, now: PriceList | undefined, micros: bigint | undefined]>([
    ['is the same', priced(2n), costing('2'), 2_000_000n],
    ['fell', priced(2n), costing('1.50'), 1_500_000n],
    ['fell to nothing', priced(2n), costing('0'), 0n],
    ['was unknown and still is', UNKNOWN, undefined, undefined],
    [
      'fell with its rate',
      priced(2n),
      listOf({
        currency: 'USD',
        rates: { CNY: '0.10' },
        prices: { [KEY]: { amount: '10', currency: 'CNY', per: 'task' } },
      }),
      1_000_000n,
    ],
  ])('makes the task where the price %s, at what it costs now', async (_, shown, now, micros) => {
    const { click, begun } = await deskAfter(now, { ...PENDING, shown });
    await expect(click(2)).resolves.toEqual({ kind: 'accepted' });
    const quotes = begun
      .map(quoteOf)
      .map((quote) => (quote.kind === 'priced' ? quote.micros : undefined));
    const reserved = begun.map(({ money }) =>
      money.state === 'reserved' ? money.amounts.cost : 'nothing',
    );
    expect(quotes).toEqual([micros]);
    expect(reserved).toEqual([micros]);
  });

  it.each<[what: string, shown: Quote, now: PriceList | undefined]>([
    ['rose', priced(1n), costing('99')],
    ['rose by a millionth', priced(1n), costing('1.000001')],
    [
      'rose with its rate',
      priced(1n),
      listOf({
        currency: 'USD',
        rates: { CNY: '0.11' },
        prices: { [KEY]: { amount: '10', currency: 'CNY', per: 'task' } },
      }),
    ],
    [
      'rose with its unit',
      priced(1n),
      listOf({ currency: 'USD', prices: { [KEY]: { amount: '1', per: 'second' } } }),
    ],
    ['came where it was unknown', UNKNOWN, costing('1')],
    ['went away', priced(1n), listOf({ currency: 'USD', prices: {} })],
    ['went away with the list', priced(1n), undefined],
    ['is in another currency', priced(100n), costing('1', 'EUR')],
  ])('asks again where the price %s; that answer is the one to click', async (_, shown, now) => {
    const { click, begun, deps, acknowledged } = await deskAfter(now, { ...PENDING, shown });
    const asked = await click(2);
    expect(asked).toMatchObject({ kind: 'confirm', id: idOf(2), was: shown });
    expect([begun, acknowledged]).toEqual([[], []]);
    // The old button is used up, in this process and in the store.
    await expect(click(3)).resolves.toEqual({ kind: 'already-confirmed' });
    await expect(deps.confirmations.get(PENDING.id)).resolves.toBeUndefined();

    const again = await deps.confirmations.get(idOf(2));
    if (again === undefined || asked.kind !== 'confirm') throw new Error('not asked again');
    expect(again.shown).toEqual(asked.quote);
    await expect(click(4, again)).resolves.toEqual({ kind: 'accepted' });
    expect(begun.map(quoteOf)).toEqual([asked.quote]);
  });

  it('asks once where the price rose and two clicks come at once', async () => {
    const { click, begun } = await deskAfter(costing('99'), { ...PENDING, shown: priced(1n) });
    const kinds = (await Promise.all([click(2), click(3)])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['already-confirmed', 'confirm']);
    expect(begun).toEqual([]);
  });

  it('asks again where a version that kept no price showed it', async () => {
    const { shown: _, ...old } = PENDING;
    const { click } = await deskAfter(costing('1'), old);
    const asked = await click(2, old);
    expect(asked).toMatchObject({ kind: 'confirm', quote: priced(1n) });
    expect(asked).not.toHaveProperty('was');
  });

  it('asks again at the new price also where the guild’s amount would let it pass', async () => {
    const { click, deps } = await deskAfter(costing('2'), { ...PENDING, shown: priced(1n) });
    await deps.guilds.change(
      GUILD_ID,
      (settings) => ({ ...settings, confirmAbove: 1_000_000_000n }),
      { by: MEMBER_ID, what: 'confirm_above', from: 'off', to: '1000' },
    );
    await expect(click(2)).resolves.toMatchObject({ kind: 'confirm' });
  });

  it('stays good where the store did not take the new question', async () => {
    let failures = 1;
    const shown = { ...PENDING, shown: priced(1n) };
    const { click, deps } = await deskAfter(costing('99'), shown, {
      disk: (records) => ({
        ...records,
        write: async (written) => {
          const isQuestion = written.some(({ key }) => key === `confirm:${idOf(2)}`);
          failures -= isQuestion ? 1 : 0;
          if (isQuestion && failures >= 0) throw new Error('disk full');
          return records.write(written);
        },
      }),
    });
    await expect(click(2, shown)).resolves.toMatchObject({ kind: 'store-down' });
    await expect(deps.confirmations.get(PENDING.id)).resolves.toEqual(shown);
    await expect(click(3, shown)).resolves.toMatchObject({ kind: 'confirm', id: idOf(3) });
  });

  it('stays good where the new question came too late to be shown', async () => {
    const shown = { ...PENDING, shown: priced(1n) };
    const slow = held();
    const { click, deps, clock } = await deskAfter(costing('99'), shown, {
      disk: (records) => ({
        ...records,
        write: async (written) => {
          if (written.some(({ key }) => key.endsWith(idOf(2)))) await slow.opened;
          return records.write(written);
        },
      }),
    });
    const clicked = click(2, shown);
    await settle();
    await clock.advance(2000);
    await expect(clicked).resolves.toEqual({ kind: 'busy' });
    slow.open();
    await settle();
    await expect(deps.confirmations.get(PENDING.id)).resolves.toEqual(shown);
    await expect(deps.confirmations.get(idOf(2))).resolves.toBeUndefined();
    await expect(click(3, shown)).resolves.toMatchObject({ kind: 'confirm', id: idOf(3) });
  });
});
