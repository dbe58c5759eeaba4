import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  preferencesSchema,
  withoutPreference,
} from '../../../src/domain/preferences/preferences.ts';
import type { Preferences } from '../../../src/domain/preferences/preferences.ts';
import { withPreferences } from '../../../src/domain/preferences/with-preferences.ts';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { ROUTE_IDS, routeOf } from '../../fakes/catalogue.ts';

const settings = fc.record(
  {
    durationSeconds: fc.integer({ min: 1, max: 60 }),
    resolution: fc.constantFrom(...RESOLUTIONS),
    ratio: fc.constantFrom(...RATIOS),
  },
  { requiredKeys: [] },
);
const preferred: fc.Arbitrary<Preferences> = settings;
const requests: fc.Arbitrary<VideoRequest> = fc
  .tuple(
    settings,
    fc.constantFrom('a paper boat', ''),
    fc.subarray(
      MEDIA_OPTIONS.map(({ option }) => option),
      { maxLength: 4 },
    ),
  )
  .map(([typed, prompt, options]) => aRequest({ ...typed, prompt, media: media(options) }));
const FIELDS = ['durationSeconds', 'resolution', 'ratio'] as const;

describe.each(ROUTE_IDS)('preferences for %s', (id) => {
  const route = routeOf(id);

  it('never change what was typed, and add no fault', () => {
    fc.assert(
      fc.property(requests, preferred, (typed, preferences) => {
        const { request } = withPreferences(typed, route, preferences);
        expect(request).toMatchObject(typed);
        expect(validateRequest(route, request)).toEqual(validateRequest(route, typed));
      }),
    );
  });

  it('are each filled in, typed over, or left out', () => {
    fc.assert(
      fc.property(requests, preferred, (typed, preferences) => {
        const { request, leftOut } = withPreferences(typed, route, preferences);
        for (const field of FIELDS) {
          const option = field === 'durationSeconds' ? 'duration' : field;
          const wanted = typed[field] === undefined ? preferences[field] : undefined;
          const isFilled = wanted !== undefined && request[field] === wanted;
          expect(isFilled || leftOut.includes(option)).toBe(wanted !== undefined);
          expect(isFilled && leftOut.includes(option)).toBe(false);
          expect(request[field]).toBe(isFilled ? wanted : typed[field]);
        }
      }),
    );
  });
});

it.each<[string, Preferences, Partial<VideoRequest>, Partial<VideoRequest>, string[]]>([
  ['one that fits', { durationSeconds: 8 }, {}, { durationSeconds: 8 }, []],
  ['one that was typed', { ratio: '1:1' }, { ratio: '9:16' }, { ratio: '9:16' }, []],
  [
    'one that is not taken',
    { resolution: '4k', ratio: '1:1' },
    {},
    { ratio: '1:1' },
    ['resolution'],
  ],
  ['too many seconds', { durationSeconds: 60 }, {}, {}, ['duration']],
  ['no setting of a video', { reuse: 'me', model: 'jimmy/sd2_mx' }, {}, {}, []],
])('fills in %s', (_which, preferences, typed, expected, leftOut) => {
  const route = routeOf('jimmy/seedance2.0-mini-sp');
  expect(withPreferences(aRequest(typed), route, preferences)).toEqual({
    request: aRequest(expected),
    leftOut,
  });
});

describe('preferences', () => {
  it('that can no longer be read count as not set, but show nobody more', () => {
    const read = preferencesSchema.parse({ ratio: '2:1', durationSeconds: 5.5, reuse: 'all' });
    expect(read).toEqual({ reuse: 'me' });
  });

  it('are cleared one by one, or all', () => {
    const all: Preferences = { model: 'jimmy/sd2_mx', durationSeconds: 5, reuse: 'server' };
    expect(withoutPreference(all, 'duration')).toEqual({ model: 'jimmy/sd2_mx', reuse: 'server' });
    expect(withoutPreference(all, undefined)).toEqual({});
  });
});
