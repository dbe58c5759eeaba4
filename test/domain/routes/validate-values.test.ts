import { expect, it } from 'vitest';
import { nearestRequests } from '../../../src/domain/routes/nearest-request.ts';
import { RATIOS } from '../../../src/domain/routes/options.ts';
import type { VideoOption } from '../../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { continuedRequest } from '../../../src/domain/ways/continued-request.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const route: Route = {
  ...routeOf('anyfast/seedance-2.0-mini'),
  output: {
    kind: 'field',
    resolutions: ['480p', '720p', '1080p'],
    default: '720p',
    withReferences: ['480p', '720p'],
  },
  ratios: {
    accepted: RATIOS,
    withFrames: ['adaptive'],
    ofText: RATIOS.filter((ratio) => ratio !== 'adaptive'),
  },
  frames: 'first-only',
};

const asked = (options: readonly VideoOption[], changes: Partial<VideoRequest>): VideoRequest =>
  aRequest({ media: media(options), ...changes });

it.each<[string, VideoRequest, string[]]>([
  ['a shape with frames', asked(['first_frame'], { ratio: '16:9' }), ['ratio first_frame: ratio']],
  ['the shape of the frame', asked(['first_frame'], { ratio: 'adaptive' }), []],
  ['a shape with references', asked(['image1'], { ratio: '16:9' }), []],
  ['a shape of words alone', asked([], { ratio: '16:9' }), []],
  ['a shape of nothing', asked([], { ratio: 'adaptive' }), ['ratio: ratio']],
  ['a size of words alone', asked([], { resolution: '1080p' }), []],
  ['a size with frames', asked(['first_frame'], { resolution: '1080p' }), []],
  [
    'a size with references',
    asked(['image1', 'video1'], { resolution: '1080p' }),
    ['resolution image1 video1: resolution'],
  ],
  [
    'a size that there never is',
    asked(['image1'], { resolution: '4k' }),
    ['resolution: resolution'],
  ],
  ['a last frame', asked(['first_frame', 'last_frame'], {}), ['last_frame: last-not-taken']],
  ['a last frame alone', asked(['last_frame'], {}), ['last_frame: last-not-taken']],
])('%s is judged by what comes with it', (_what, request, faults) => {
  const found = validateRequest(route, request);
  expect(found.map(({ options, reason }) => `${options.join(' ')}: ${reason.kind}`)).toEqual(
    faults,
  );
});

const nearest = (request: VideoRequest) => nearestRequests(route, request, () => undefined);

it('the nearest request changes the value, and drops the last frame', () => {
  expect(nearest(asked(['image1'], { resolution: '1080p' }))).toMatchObject([
    { request: { resolution: '720p' } },
  ]);
  expect(nearest(asked(['first_frame', 'last_frame'], { ratio: '9:16' }))).toMatchObject([
    { request: { ratio: 'adaptive', media: { first_frame: {} } } },
  ]);
});

it('a video that goes on has the shape of its first frame', () => {
  const frame = { taskId: TASK_ID, option: 'last_clip_frame', sha256: 'a'.repeat(64) } as const;
  const request = continuedRequest(
    {
      request: aRequest({ ratio: '16:9' }),
      made: { resolution: '720p', ratio: '16:9' },
      frame: {
        ...frame,
        filename: 'f.png',
        mimeType: 'image/png',
        bytes: 9,
        width: 1280,
        height: 720,
      },
    },
    { route, prompt: 'on' },
  );
  expect(request.ratio).toBe('adaptive');
  expect(validateRequest(route, request)).toEqual([]);
});
