import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleClip } from '../../../src/discord/models/sample-clip.ts';
import { suggestionText } from '../../../src/discord/models/suggestion-text.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { modelText, modelOffText } from '../../../src/discord/render/models-text.ts';
import { refusalText } from '../../../src/discord/render/refusal-text.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import {
  MEDIA_OPTIONS,
  RATIOS,
  RESOLUTIONS,
  VIDEO_OPTIONS,
} from '../../../src/domain/routes/options.ts';
import type { RequestIssue } from '../../../src/domain/routes/request-issue.ts';
import type { Attachment, VideoRequest } from '../../../src/domain/routes/request.ts';
import { routesAccepting, validateRequest } from '../../../src/domain/routes/validate.ts';
import { aRequest, anAttachment, media } from '../../fakes/a-request.ts';
import { halfWidthIn } from '../../texts/half-width.ts';
import { ROUTE_IDS, routeOf, routesOf } from '../../fakes/catalogue.ts';

const all = routesOf(new Set(['jimmy', 'anyfast']));
const everyMedia = MEDIA_OPTIONS.map(({ option }) => option);

/** Requests with as many faults as possible, of several kinds. */
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
    'files of the wrong kind',
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

const NOTHING_KNOWN = { priceList: undefined, durations: { typical: () => undefined } };

const MIB = 1_048_576;

/** Each file is wrong in a different way, so that no two reasons are the same. */
const everyFileWrong: VideoRequest['media'] = Object.fromEntries(
  everyMedia.map((option, index) => {
    const measures = { bytes: (100 + index) * MIB, seconds: 100 + index, width: 10 + index };
    return [option, anAttachment(option, { ...measures, height: 10 })];
  }),
);

/** A file of any type and size, mostly with a fault. */
const anyFile = (option: string): fc.Arbitrary<Attachment> =>
  fc
    .record(
      {
        mimeType: fc.oneof(
          fc.constantFrom('image/png', 'image/svg+xml', 'video/mp4', 'video/webm', 'audio/mpeg'),
          fc.string({ unit: 'binary', maxLength: 80 }),
        ),
        bytes: fc.nat({ max: 2 ** 40 }),
        seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
        width: fc.integer({ min: 1, max: 1e6 }),
        height: fc.integer({ min: 1, max: 1e6 }),
      },
      { requiredKeys: [] },
    )
    .map((changes) => anAttachment(option, changes));

const anyMedia: fc.Arbitrary<VideoRequest['media']> = fc.oneof(
  fc.record(Object.fromEntries(everyMedia.map((option) => [option, anyFile(option)]))),
  fc.record(Object.fromEntries(everyMedia.map((option) => [option, anyFile(option)])), {
    requiredKeys: [],
  }),
  fc.subarray(everyMedia).map((options) => media(options)),
);

const anyRequest: fc.Arbitrary<VideoRequest> = fc
  .record({
    media: anyMedia,
    rest: fc.record(
      {
        prompt: fc.constantFrom('', 'a paper boat', 'x'.repeat(5001)),
        durationSeconds: fc.integer({ min: -5, max: 1e9 }),
        resolution: fc.constantFrom(...RESOLUTIONS),
        ratio: fc.constantFrom(...RATIOS),
        sound: fc.boolean(),
        webSearch: fc.boolean(),
        watermark: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  })
  .map((given) => aRequest({ ...given.rest, media: given.media }));

/** What was typed in a form in place of a length. */
const unreadable = (given: string): RequestIssue => ({
  options: ['duration'],
  reason: { kind: 'duration-unreadable', given, min: 4, max: 15 },
});

describe('in Chinese', () => {
  const messages = messagesFor('zh-CN');

  it.each(ROUTE_IDS)('what is put together of %s has no half-width mark', (id) => {
    const route = routeOf(id);
    const refusals = WRONG.map(([, request]) =>
      refusalText(route, validateRequest(route, request), all, messages),
    );
    const texts = [
      ...refusals,
      refusalText(route, [unreadable('五秒')], all, messages),
      modelText(route, NOTHING_KNOWN, messages),
      suggestionText(route, sampleClip(route, NOTHING_KNOWN), messages),
    ];
    const lines = texts.flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => halfWidthIn(line) !== undefined)).toEqual([]);
  });
});

describe.each([...LANGUAGES])('a refusal in %s', (language) => {
  const messages = messagesFor(language);

  describe.each(ROUTE_IDS)('by %s', (id) => {
    it.each(WRONG)('of %s names every option at fault within one message', (_what, request) => {
      const route = routeOf(id);
      const faults = validateRequest(route, request);
      const others = routesAccepting(request, all, route);
      const named = new Set(faults.flatMap(({ options }) => options));
      // The least room that other lines of the same message leave it.
      for (const max of [2000, 1200]) {
        const text = refusalText(route, faults, others, messages, max);
        expect(text.length).toBeLessThanOrEqual(max);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
        expect([...named].filter((option) => !text.includes(`\`${option}\``))).toEqual([]);
      }
    });
  });

  it('of any request names every option at fault and every other model in one message', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROUTE_IDS), anyRequest, fc.boolean(), (id, request, most) => {
        const route = routeOf(id);
        const faults = validateRequest(route, request);
        fc.pre(faults.length > 0);
        const others = most ? all : routesAccepting(request, all, route);
        const text = refusalText(route, faults, others, messages);
        expect(text.length).toBeLessThanOrEqual(2000);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
        const options = faults.flatMap((fault) => fault.options);
        expect(options.filter((option) => !text.includes(`\`${option}\``))).toEqual([]);
        expect(text).toContain(messages.units.and(others.map(({ name }) => name)));
      }),
      { numRuns: 500 },
    );
  });

  it('of what is no length quotes it harmlessly, with what is accepted', () => {
    const route = routeOf('anyfast/seedance-2.0-mini');
    const text = refusalText(route, [unreadable('@everyone*')], [], messages);
    expect(text).toContain('`duration`');
    expect(text).toContain('@\u200Beveryone\\*');
    expect(text).toMatch(/4 .+ 15/u);
    expect(text).not.toContain('@everyone');
  });

  it('of 17 wrong files says what is accepted and what else is wrong', () => {
    const route = routeOf('anyfast/seedance-2.0-mini');
    const request = aRequest({ webSearch: true, media: everyFileWrong });
    const text = refusalText(route, validateRequest(route, request), all, messages);
    for (const part of ['30 MiB', '50 MiB', '15 MiB', '`web_search`', all.at(-1)?.name ?? '']) {
      expect(text).toContain(part);
    }
  });

  it('with more reasons than a message holds names the rest of the options alone', () => {
    const route = routeOf('anyfast/seedance-2.0-mini');
    const faults = Array.from({ length: 100 }, (_, index) => ({
      options: [VIDEO_OPTIONS[index % VIDEO_OPTIONS.length] ?? 'prompt'],
      reason: { kind: 'media-count', media: 'image', given: index, max: index } as const,
    }));
    const text = refusalText(route, faults, all, messages);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toContain(messages.refusal.moreFaults);
    expect(VIDEO_OPTIONS.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    expect(text).toContain(messages.units.and(all.map(({ name }) => name)));
  });

  it('of few wrong files says what each of them is', () => {
    const route = routeOf('anyfast/seedance-2.0-mini');
    const { image1 = anAttachment('image1'), image2 = anAttachment('image2') } = everyFileWrong;
    const faults = validateRequest(route, aRequest({ media: { image1, image2 } }));
    const text = refusalText(route, faults, [], messages);
    expect(text).toContain('102 MiB');
    expect(text).toContain('103 MiB');
  });

  it('names the models that would take it', () => {
    const route = routeOf('jimmy/seedance2.0-sp');
    const request = aRequest({ sound: true });
    const faults = validateRequest(route, request);
    const text = refusalText(route, faults, routesAccepting(request, all, route), messages);
    expect(text).toContain('Mini (AnyFast)');
  });

  it('shows a type from outside harmlessly', () => {
    const file = media(['image1'], { mimeType: 'text/@everyone <@1>' });
    const route = routeOf('jimmy/seedance2.0-sp');
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

  it('are listed with the option at fault if another model was requested', () => {
    const text = modelOffText(all, messages);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toContain('`model`');
    expect(text).toContain(messages.units.and(all.map(({ name }) => name)));
  });

  it('fit in a message, each with its id and its limits', () => {
    for (const route of all) {
      const text = modelText(route, NOTHING_KNOWN, messages);
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(text.split('\n').at(-1)).toBe(`-# \`${route.id}\``);
      expect(text).toContain(`${route.duration.min}–${route.duration.max}`);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});
