import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../../src/domain/routes/options.ts';
import type { MediaOptionInfo } from '../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../src/domain/routes/request.ts';
import { validateRequest } from '../../src/domain/routes/validate.ts';
import { toSubmission } from '../../src/domain/routes/submission.ts';
import type { Submission } from '../../src/domain/routes/submission.ts';
import { ROUTE_IDS, createBodyOf, routeOf } from '../fakes/catalogue.ts';

const submission = (given: Partial<Submission> & Pick<Submission, 'route'>): Submission => ({
  prompt: 'a boat',
  durationSeconds: 5,
  media: [],
  ...given,
});
const media = (...roles: Submission['media'][number]['role'][]): Submission['media'] =>
  roles.map((role, index) => ({ role, url: `https://m.test/${index}?ex=1` }));

describe('the body for Jimmy AI', () => {
  it.each<[string, Submission, object]>([
    [
      'a prompt alone',
      submission({ route: 'jimmy/seedance2.0-mini-sp' }),
      { model: 'seedance2.0-mini-sp', prompt: 'a boat', duration: 5 },
    ],
    [
      'references',
      submission({
        route: 'jimmy/seedance2.0-sp',
        resolution: '1080p',
        ratio: 'adaptive',
        media: media('reference_image', 'reference_image', 'reference_video', 'reference_audio'),
      }),
      {
        model: 'seedance2.0-sp',
        prompt: 'a boat',
        duration: 5,
        resolution: '1080p',
        ratio: 'adaptive',
        images: ['https://m.test/0?ex=1', 'https://m.test/1?ex=1'],
        reference_videos: ['https://m.test/2?ex=1'],
        reference_audios: ['https://m.test/3?ex=1'],
      },
    ],
    [
      'frames, without the resolution that is fixed',
      submission({
        route: 'jimmy/seedance2.0-fast-i2v',
        resolution: '720p',
        media: media('first_frame', 'last_frame'),
      }),
      {
        model: 'seedance2.0-fast-i2v',
        prompt: 'a boat',
        duration: 5,
        first_image: 'https://m.test/0?ex=1',
        last_image: 'https://m.test/1?ex=1',
      },
    ],
    [
      'Full as it names its models and its seventh ratio',
      submission({ route: 'jimmy/sd2_mx', resolution: '4k', ratio: 'adaptive' }),
      { model: 'sd2_mx_4k', prompt: 'a boat', duration: 5, ratio: 'Adaptive' },
    ],
    [
      'Full at its default resolution',
      submission({ route: 'jimmy/sd2_mx_fast', ratio: '21:9' }),
      { model: 'sd2_mx_fast_720p', prompt: 'a boat', duration: 5, ratio: '21:9' },
    ],
  ])('has %s', (_what, given, expected) => {
    expect(JSON.parse(JSON.stringify(createBodyOf(given)))).toEqual(expected);
  });
});

describe('the body for AnyFast', () => {
  const route = 'anyfast/seedance-2.0-mini';
  const text = { type: 'text', text: 'a boat' };
  it.each<[string, Submission, object]>([
    ['a prompt alone', submission({ route, webSearch: false }), { content: [text] }],
    [
      'every switch',
      submission({ route, sound: false, watermark: true, webSearch: true, ratio: '1:1' }),
      {
        content: [text],
        ratio: '1:1',
        generate_audio: false,
        watermark: true,
        tools: [{ type: 'web_search' }],
      },
    ],
    [
      'media with their roles',
      submission({
        route,
        resolution: '480p',
        media: media('reference_image', 'reference_video', 'reference_audio'),
      }),
      {
        resolution: '480p',
        content: [
          text,
          {
            type: 'image_url',
            image_url: { url: 'https://m.test/0?ex=1' },
            role: 'reference_image',
          },
          {
            type: 'video_url',
            video_url: { url: 'https://m.test/1?ex=1' },
            role: 'reference_video',
          },
          {
            type: 'audio_url',
            audio_url: { url: 'https://m.test/2?ex=1' },
            role: 'reference_audio',
          },
        ],
      },
    ],
    [
      'frames',
      submission({ route, media: media('first_frame', 'last_frame') }),
      {
        content: [
          text,
          { type: 'image_url', image_url: { url: 'https://m.test/0?ex=1' }, role: 'first_frame' },
          { type: 'image_url', image_url: { url: 'https://m.test/1?ex=1' }, role: 'last_frame' },
        ],
      },
    ],
  ])('has %s', (_what, given, expected) => {
    expect(JSON.parse(JSON.stringify(createBodyOf(given)))).toEqual({
      model: 'seedance-2.0-mini',
      duration: 5,
      ...expected,
    });
  });
});

/** The request fields that each document lists, copied from the documents. */
const JIMMY_FIELDS = [
  'model',
  'prompt',
  'duration',
  'resolution',
  'ratio',
  'images',
  'first_image',
  'last_image',
  'reference_videos',
  'reference_audios',
];
const ANYFAST_FIELDS = [
  'model',
  'content',
  'duration',
  'resolution',
  'ratio',
  'generate_audio',
  'watermark',
  'tools',
];
const FIXED_OUTPUT = /fast-i2v|-md|-std|^sd2_mx/;

const MIME = { image: 'image/png', video: 'video/mp4', audio: 'audio/mpeg' };
const requests: fc.Arbitrary<VideoRequest> = fc
  .record({
    prompt: fc.string({ minLength: 1 }),
    settings: fc.record(
      {
        durationSeconds: fc.integer({ min: 1, max: 15 }),
        resolution: fc.constantFrom(...RESOLUTIONS),
        ratio: fc.constantFrom(...RATIOS),
        sound: fc.boolean(),
        webSearch: fc.boolean(),
        watermark: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    options: fc.oneof(
      fc.subarray([...MEDIA_OPTIONS], { maxLength: 3 }),
      fc.constant<MediaOptionInfo[]>([]),
    ),
  })
  .map(({ prompt, settings, options }) => ({
    prompt,
    ...settings,
    media: Object.fromEntries(
      options.map(({ option, kind }) => [
        option,
        { filename: option, url: `https://m.test/${option}`, bytes: 9, mimeType: MIME[kind] },
      ]),
    ),
  }));

describe.each(ROUTE_IDS.map((id) => routeOf(id)))('any request that $id takes', (route) => {
  const accepted = requests.filter((request) => validateRequest(route, request).length === 0);
  const bodyOf = (request: VideoRequest): Record<string, unknown> => ({
    ...createBodyOf(toSubmission(route, request)),
  });

  it('makes a body of documented fields, each of them with a value', () => {
    const fields = route.provider === 'jimmy' ? JIMMY_FIELDS : ANYFAST_FIELDS;
    fc.assert(
      fc.property(accepted, (request) => {
        const body = bodyOf(request);
        expect(fields).toEqual(expect.arrayContaining(Object.keys(body)));
        expect(Object.values(body)).not.toContain(undefined);
        expect(Number.isInteger(body['duration'])).toBe(true);
        expect(JSON.stringify(body)).toContain(JSON.stringify(request.prompt));
        expect(FIXED_OUTPUT.test(String(body['model'])) && 'resolution' in body).toBe(false);
        expect('images' in body && ('first_image' in body || 'last_image' in body)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('sends every attachment once, whole', () => {
    fc.assert(
      fc.property(accepted, (request) => {
        const sent = JSON.stringify(bodyOf(request)).match(/https:\/\/m\.test\/\w+/g) ?? [];
        const given = Object.values(request.media).map(({ url }) => url);
        expect(sent.toSorted()).toEqual(given.toSorted());
      }),
      { numRuns: 50 },
    );
  });
});
