import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import { videoRequestSchema } from '../../../src/domain/routes/request.ts';
import type { Attachment, VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { submissionSchema, toSubmission } from '../../../src/domain/routes/submission.ts';
import { loadProviderSchemas } from '../../fakes/provider-documents.ts';
import { ROUTE_IDS, createBodyOf, routeOf } from '../../fakes/catalogue.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  jimmy: ['model', 'prompt', 'duration', 'resolution', 'ratio', 'images', 'first_image'].concat([
    'last_image',
    'reference_videos',
    'reference_audios',
  ]),
  anyfast: ['model', 'content', 'duration', 'resolution', 'ratio', 'generate_audio'].concat([
    'watermark',
    'tools',
  ]),
  ark: ['model', 'content', 'duration', 'resolution', 'ratio', 'generate_audio'].concat([
    'watermark',
    'tools',
    'execution_expires_after',
  ]),
};

const MIME_TYPES = [
  'image/png',
  'image/gif',
  'image/avif',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/ogg',
  'application/pdf',
  '/',
  'image/',
  ';',
];
const attachments: fc.Arbitrary<Attachment> = fc.record(
  {
    filename: fc.string({ unit: 'binary', maxLength: 20 }),
    url: fc.webUrl(),
    bytes: fc.nat(300_000_000),
    mimeType: fc.oneof(fc.constantFrom(...MIME_TYPES), fc.string()),
    width: fc.integer({ min: 1, max: 5000 }),
    height: fc.integer({ min: 1, max: 5000 }),
    seconds: fc.double({ min: 0, max: 60, noNaN: true }),
  },
  { requiredKeys: ['filename', 'url', 'bytes'] },
);
const requests: fc.Arbitrary<VideoRequest> = fc
  .record({
    prompt: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 })),
    settings: fc.record(
      {
        durationSeconds: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.double()),
        resolution: fc.constantFrom(...RESOLUTIONS),
        ratio: fc.constantFrom(...RATIOS),
        sound: fc.boolean(),
        webSearch: fc.boolean(),
        watermark: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    media: fc.dictionary(
      fc.constantFrom(...MEDIA_OPTIONS.map(({ option }) => option)),
      attachments,
      {
        maxKeys: 5,
      },
    ),
  })
  .map(({ prompt, settings, media }) => ({ prompt, ...settings, media }));

const schemas = loadProviderSchemas();

const OPTION_OF: Readonly<Record<string, string>> = {
  durationSeconds: 'duration',
  webSearch: 'web_search',
};

/** The request without whatever is at fault: what a caller makes of the refusal. */
function mended(route: Route, request: VideoRequest): VideoRequest {
  const faults = validateRequest(route, request);
  if (faults.length === 0) return request;
  const named = new Set<string>(faults.flatMap(({ options }) => options));
  const kept = (fields: object): object =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => !named.has(OPTION_OF[key] ?? key)));
  const { prompt, media, ...settings } = request;
  const next = videoRequestSchema.parse({
    prompt: named.has('prompt') ? 'a boat' : prompt,
    ...kept(settings),
    media: kept(media),
  });
  return mended(route, next);
}

describe.each(ROUTE_IDS.map((id) => routeOf(id)))('for $id', (route) => {
  it('no request makes the rules throw, and each fault names options that were given', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const given = new Set<string>([...Object.keys(request.media), 'prompt']);
        if (request.durationSeconds !== undefined) given.add('duration');
        if (request.webSearch !== undefined) given.add('web_search');
        for (const key of ['resolution', 'ratio', 'sound', 'watermark'] as const) {
          if (request[key] !== undefined) given.add(key);
        }
        for (const { options } of validateRequest(route, request)) {
          expect(options.length).toBeGreaterThan(0);
          expect(new Set(options).size).toBe(options.length);
          expect(options.filter((option) => !given.has(option))).toEqual([]);
        }
      }),
    );
  });

  it('every request that is taken is stored whole and sent by documented fields alone', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const accepted = mended(route, request);
        expect(validateRequest(route, accepted)).toEqual([]);
        const submission = toSubmission(route, accepted);
        expect(submissionSchema.parse(JSON.parse(JSON.stringify(submission)))).toEqual(submission);
        const body = createBodyOf(submission);
        expect(
          Object.keys(body).filter((key) => FIELDS[route.provider]?.includes(key) !== true),
        ).toEqual([]);
        expect(schemas?.faultsOf(route.provider, JSON.parse(JSON.stringify(body))) ?? []).toEqual(
          [],
        );
      }),
      { numRuns: 40 },
    );
  });
});
