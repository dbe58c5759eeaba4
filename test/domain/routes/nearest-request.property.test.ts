import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import { givenMedia } from '../../../src/domain/routes/given-media.ts';
import { isBeyondMending } from '../../../src/domain/routes/mending.ts';
import { nearestRequests } from '../../../src/domain/routes/nearest-request.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { toSubmission } from '../../../src/domain/routes/submission.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { anyRequest } from '../../fakes/any-request.ts';
import { ROUTES } from '../../fakes/catalogue.ts';
import {
  accepts,
  compare,
  costOf,
  hasFrame,
  withLess,
  withOtherValues,
  withoutValues,
} from './every-mended-request.ts';

const CONFLICTS = ['frames-with-references', 'audio-with-frames'];

/** Every second route is priced, by all three units, so that ties by price are met. */
const prices = parsePriceList(
  {
    currency: 'USD',
    prices: {
      'anyfast/seedance-2.0-mini': { amount: '3.5', per: 'million_tokens' },
      'jimmy/seedance2.0-md': { amount: '1', per: 'second' },
      'jimmy/seedance2.0-sp-720p': { amount: '0.3', per: 'second' },
      'jimmy/seedance2.0-std': { amount: '1', per: 'task' },
    },
  },
  ROUTES,
);

const priceOn =
  (route: Route) =>
  (request: VideoRequest): bigint | undefined => {
    if (!prices.ok) throw new Error('the price list of this test is wrong');
    const quote = quoteSubmission(prices.list, route, toSubmission(route, request));
    return quote.kind === 'priced' ? quote.micros : undefined;
  };

describe.each(ROUTES)('the request nearest to a refused one on $id', (route) => {
  it('is accepted, costs least by the order of the contract, and is always the same', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const answers = nearestRequests(route, asked, priceOn(route));
        expect(nearestRequests(route, asked, priceOn(route))).toEqual(answers);
        for (const { request } of answers) expect(validateRequest(route, request)).toEqual([]);
        const costs = answers.map(({ request, keeps }) => ({
          keeps,
          cost: costOf(route, asked, request, priceOn(route)(request)),
        }));
        expect(costs).toEqual(expectedAnswers(route, asked));
      }),
      { numRuns: 30 },
    );
  });
});

interface Expected {
  readonly keeps: 'frames' | 'references' | undefined;
  readonly cost: readonly number[];
}

function expectedAnswers(route: Route, asked: VideoRequest): Expected[] {
  if (isBeyondMending(route, asked)) return [];
  // A request that has less is accepted with some values exactly if it is accepted without any.
  const accepted = withLess(asked).filter((less) => accepts(route, withoutValues(less)));
  if (!mustChoose(route, asked, accepted)) {
    return [{ keeps: undefined, cost: leastCost(route, asked, accepted) }];
  }
  const withFrame = accepted.filter(hasFrame);
  const withoutFrame = accepted.filter((request) => !hasFrame(request));
  return [
    { keeps: 'frames', cost: leastCost(route, asked, withFrame) },
    { keeps: 'references', cost: leastCost(route, asked, withoutFrame) },
  ];
}

/** The least cost of all accepted requests of these, each with every other value tried. */
function leastCost(route: Route, asked: VideoRequest, starts: readonly VideoRequest[]): number[] {
  const losses = starts.map((start) => lossOf(route, asked, start));
  const least = losses.toSorted(compare)[0] ?? [];
  const [cost = []] = starts
    .filter((_start, index) => compare(losses[index] ?? [], least) === 0)
    .flatMap((start) => withOtherValues(start))
    .filter((request) => accepts(route, request))
    .map((request) => costOf(route, asked, request, priceOn(route)(request)))
    .toSorted(compare);
  return cost;
}

/** The first two numbers of its cost: the media and the switches that it has not. */
function lossOf(route: Route, asked: VideoRequest, request: VideoRequest): number[] {
  return costOf(route, asked, request, undefined).slice(0, 2);
}

/** Whether frames and references exclude each other, of the media that any accepted request has. */
function mustChoose(route: Route, asked: VideoRequest, accepted: readonly VideoRequest[]): boolean {
  const possible = givenMedia(asked).filter(({ option }) =>
    accepted.some(({ media }) => media[option] !== undefined),
  );
  const rest = {
    ...asked,
    media: Object.fromEntries(possible.map(({ option, attachment }) => [option, attachment])),
  };
  return validateRequest(route, rest).some(({ reason }) => CONFLICTS.includes(reason.kind));
}
