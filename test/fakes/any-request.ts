import * as fc from 'fast-check';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../../src/domain/routes/options.ts';
import type { VideoOption } from '../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../src/domain/routes/request.ts';
import { anAttachment } from './a-request.ts';

const settings = fc.record(
  {
    durationSeconds: fc.oneof(
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom(2.5, 7.5, 14.25, 60),
    ),
    resolution: fc.constantFrom(...RESOLUTIONS),
    ratio: fc.constantFrom(...RATIOS),
    sound: fc.boolean(),
    webSearch: fc.boolean(),
    watermark: fc.boolean(),
  },
  { requiredKeys: [] },
);

const size = fc.record({
  width: fc.constantFrom(640, 720, 1080, 1280),
  height: fc.constantFrom(720, 1280),
  bytes: fc.constantFrom(100_000, 90_000_000),
  seconds: fc.constantFrom(2, 4, 7, 12, 14),
});

const mediaOptions: fc.Arbitrary<VideoOption> = fc.constantFrom(
  ...MEDIA_OPTIONS.map(({ option }) => option),
);

/** Requests whose files are mostly acceptable, so that what stands between them decides. */
export const anyRequest: fc.Arbitrary<VideoRequest> = fc
  .tuple(
    settings,
    fc.uniqueArray(fc.tuple(mediaOptions, size), {
      maxLength: 6,
      selector: ([option]) => option,
    }),
  )
  .map(([given, files]) => ({
    prompt: 'a paper boat',
    ...given,
    media: Object.fromEntries(
      files.map(([option, { seconds, ...file }]) => [
        option,
        anAttachment(option, option.startsWith('image') ? file : { ...file, seconds }),
      ]),
    ),
  }));
