import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { modelListText, modelText } from '../../../src/discord/render/models-text.ts';
import { refusalText } from '../../../src/discord/render/refusal-text.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { CATALOGUE, routesOf } from '../../../src/domain/routes/catalogue.ts';
import { MEDIA_OPTIONS } from '../../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import { ROUTE_IDS } from '../../../src/domain/routes/route.ts';
import { routesTaking, validateRequest } from '../../../src/domain/routes/validate.ts';
import { aRequest, media } from '../../fakes/a-request.ts';

const all = routesOf(new Set(['jimmy', 'anyfast']));
const everyMedia = MEDIA_OPTIONS.map(({ option }) => option);

/** Requests that are as wrong as they can be, in several ways. */
const WRONG: readonly [string, VideoRequest][] = [
  [
    'everything at once',
    aRequest({
      prompt: ' ',
      durationSeconds: 99,
      resolution: '4k',
      ratio: 'adaptive',
      sound: true,
      webSearch: true,
      watermark: true,
      media: media(everyMedia),
    }),
  ],
  [
    'files that are none of what they should be',
    aRequest({
      media: media(everyMedia, {
        mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
        bytes: 500 * 1_048_576,
        seconds: 999,
        width: 10,
        height: 10,
      }),
    }),
  ],
  [
    'files too large and too long',
    aRequest({
      media: Object.fromEntries(
        Object.entries(media(everyMedia)).map(([option, file]) => [
          option,
          { ...file, bytes: 500 * 1_048_576, seconds: 999, width: 10, height: 10 },
        ]),
      ),
    }),
  ],
  ['one thing', aRequest({ prompt: '' })],
];

describe.each([...LANGUAGES])('a refusal in %s', (language) => {
  const messages = messagesFor(language);

  describe.each(ROUTE_IDS)('by %s', (id) => {
    it.each(WRONG)('of %s names every option at fault within one message', (_what, request) => {
      const route = CATALOGUE[id];
      const faults = validateRequest(route, request);
      const others = routesTaking(request, all, route);
      const text = refusalText(route, faults, others, messages);
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      const named = new Set(faults.flatMap(({ options }) => options));
      expect([...named].filter((option) => !text.includes(`\`${option}\``))).toEqual([]);
    });
  });

  it('names the models that would take it', () => {
    const route = CATALOGUE['jimmy/seedance2.0-sp'];
    const request = aRequest({ sound: true });
    const faults = validateRequest(route, request);
    const text = refusalText(route, faults, routesTaking(request, all, route), messages);
    expect(text).toContain('`anyfast/seedance-2.0-mini`');
  });

  it('shows a type from outside harmlessly', () => {
    const file = media(['image1'], { mimeType: 'text/@everyone <@1>' });
    const route = CATALOGUE['jimmy/seedance2.0-sp'];
    const text = refusalText(
      route,
      validateRequest(route, aRequest({ media: file })),
      [],
      messages,
    );
    expect(text).not.toContain('@everyone');
    expect(text).not.toMatch(/(?<!\\)<@/);
  });
});

describe.each([...LANGUAGES])('the models in %s', (language) => {
  const messages = messagesFor(language);

  it('fit in a message, each with its id and its limits', () => {
    const list = modelListText(all, messages);
    expect(list.length).toBeLessThanOrEqual(2000);
    expect(list.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(all.length);
    expect(modelListText([], messages)).not.toBe('');
    for (const route of all) {
      const text = modelText(route, undefined, messages);
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(text).toContain(route.id);
      expect(text).toContain(`${route.duration.min}–${route.duration.max}`);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});
