import { describe, expect, it } from 'vitest';
import { allBillingNames } from '../../../src/domain/ledger/billing-name.ts';
import { allPriceKeys, priceKeys } from '../../../src/domain/ledger/price-keys.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import { quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import type { RouteId } from '../../../src/domain/routes/route.ts';
import { effectiveResolution } from '../../../src/domain/routes/submission.ts';
import type { Submission } from '../../../src/domain/routes/submission.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const ANYFAST = 'anyfast/seedance-2.0-mini';
const MINI = 'jimmy/seedance2.0-mini';

type Media = Submission['media'];
const VIDEO: Media = [{ role: 'reference_video', url: 'https://cdn.test/v.mp4', seconds: 3 }];
const PICTURE: Media = [{ role: 'reference_image', url: 'https://cdn.test/p.png' }];

const asked = (route: RouteId, changes: Partial<Submission> = {}): Submission => ({
  route,
  prompt: 'a cat',
  durationSeconds: 5,
  media: [],
  ...changes,
});

function keysOf(submission: Submission): string[] {
  const route = routeOf(submission.route);
  return priceKeys(route, effectiveResolution(route, submission.resolution), submission);
}

/** The cost of a task by a list of prices per task, in whole dollars; `undefined` if unknown. */
function priceOf(submission: Submission, dollars: Readonly<Record<string, number>>) {
  const prices = Object.entries(dollars).map(([key, amount]) => {
    const price = { amount: String(amount), per: 'task' };
    return [key, price] as const;
  });
  const parsed = parsePriceList({ currency: 'USD', prices: Object.fromEntries(prices) }, ROUTES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const quote = quoteSubmission(parsed.list, routeOf(submission.route), submission);
  return quote.kind === 'unknown' ? undefined : Number(quote.micros / 1_000_000n);
}

describe('the keys of a price, the most exact first', () => {
  it.each<[string, Submission, string[]]>([
    ['text alone', asked(ANYFAST), [ANYFAST]],
    ['a picture', asked(ANYFAST, { media: PICTURE }), [ANYFAST]],
    ['sound asked for', asked(ANYFAST, { sound: true }), [ANYFAST]],
    ['no sound', asked(ANYFAST, { sound: false }), [`${ANYFAST}-silent`, ANYFAST]],
    ['a reference video', asked(ANYFAST, { media: VIDEO }), [`${ANYFAST}-video`, ANYFAST]],
    [
      'a reference video and no sound',
      asked(ANYFAST, { media: VIDEO, sound: false }),
      [`${ANYFAST}-video-silent`, `${ANYFAST}-video`, `${ANYFAST}-silent`, ANYFAST],
    ],
    [
      'a resolution and a reference video',
      asked('jimmy/seedance2.0-sp', { media: VIDEO, resolution: '1080p' }),
      ['jimmy/seedance2.0-sp-1080p-video', 'jimmy/seedance2.0-sp-1080p'],
    ],
    [
      'a reference video where the documents price it apart',
      asked(MINI, { media: VIDEO }),
      [`${MINI}-720p-video`],
    ],
    ['no reference video there', asked(MINI), [`${MINI}-720p`]],
  ])('for %s', (_what, submission, keys) => {
    expect(keysOf(submission)).toEqual(keys);
  });
});

describe('a price', () => {
  const both = asked(ANYFAST, { media: VIDEO, sound: false });
  it.each<[string, Submission, Record<string, number>, number | undefined]>([
    ['of the plain key holds for all', both, { [ANYFAST]: 1 }, 1],
    ['without sound goes before it', both, { [ANYFAST]: 1, [`${ANYFAST}-silent`]: 2 }, 2],
    [
      'with a video goes before both',
      both,
      { [ANYFAST]: 1, [`${ANYFAST}-silent`]: 2, [`${ANYFAST}-video`]: 3 },
      3,
    ],
    [
      'of both goes before all',
      both,
      { [ANYFAST]: 1, [`${ANYFAST}-video`]: 3, [`${ANYFAST}-video-silent`]: 4 },
      4,
    ],
    ['with a video is not that of text', asked(ANYFAST), { [`${ANYFAST}-video`]: 3 }, undefined],
    ['without sound is not that with it', asked(ANYFAST), { [`${ANYFAST}-silent`]: 2 }, undefined],
    [
      'with a video is unknown where it is apart',
      asked(MINI, { media: VIDEO }),
      { [`${MINI}-720p`]: 1 },
      undefined,
    ],
    [
      'with a video is its own where it is apart',
      asked(MINI, { media: VIDEO }),
      { [`${MINI}-720p`]: 1, [`${MINI}-720p-video`]: 2 },
      2,
    ],
  ])('%s', (_what, submission, list, dollars) => {
    expect(priceOf(submission, list)).toBe(dollars);
  });
});

describe('the keys that a list may have', () => {
  const keys = allPriceKeys(ROUTES).map(({ name }) => name);

  it('are every billing name, with what its route may be asked for, once', () => {
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(expect.arrayContaining(allBillingNames(ROUTES)));
    expect(keys.filter((key) => key.startsWith(ANYFAST))).toEqual(
      ['', '-silent', '-video', '-video-silent'].map((ending) => `${ANYFAST}${ending}`),
    );
    expect(keys.filter((key) => key.includes('/upload'))).toEqual(
      ['jimmy', 'anyfast'].flatMap((provider) =>
        ['', '-video', '-audio'].map((ending) => `${provider}/upload${ending}`),
      ),
    );
    // Full becomes another model by a reference video.
    expect(keys).toContain('jimmy/sd2_mx_video_4k');
    expect(keys).not.toContain('jimmy/sd2_mx_4k-video');
    expect(keys).toContain(`${MINI}-480p-video`);
    // Takes no reference videos, and has no switch for sound.
    expect(keys.filter((key) => key.startsWith('jimmy/seedance2.0-fast-i2v'))).toHaveLength(1);
  });

  it.each([
    ['jimmy/seedance2.0-fast-i2v-video', 'it has jimmy/seedance2.0-fast-i2v'],
    ['jimmy/seedance2.0-std-silent', 'it has jimmy/seedance2.0-std, jimmy/seedance2.0-std-video'],
    [`${ANYFAST}-silent-video`, 'is no billing name of any route'],
  ])('are not %s, and the fault says what is', (key, told) => {
    const prices = { [key]: { amount: '1', per: 'task' } };
    const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
    expect(parsed.ok ? [] : parsed.faults.map(({ message }) => message)).toEqual([
      expect.stringContaining(told),
    ]);
  });
});
