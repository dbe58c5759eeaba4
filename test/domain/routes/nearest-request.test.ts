import { describe, expect, it } from 'vitest';
import { nearestRequests } from '../../../src/domain/routes/nearest-request.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { aRequest, anAttachment, media, numbered } from '../../fakes/a-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const FAST_I2V = routeOf('jimmy/seedance2.0-fast-i2v');
const SP = routeOf('jimmy/seedance2.0-sp');
const MD = routeOf('jimmy/seedance2.0-md');
const STD = routeOf('jimmy/seedance2.0-std');
const FULL = routeOf('jimmy/sd2_mx');
const ANYFAST = routeOf('anyfast/seedance-2.0-mini');

const dropped = (...options: string[]) => options.map((option) => ({ kind: 'dropped', option }));

/** The changes of each answer, by what it keeps. */
function changesOf(route: Route, request: VideoRequest, priceOf = () => 0n as bigint | undefined) {
  return nearestRequests(route, request, priceOf).map(({ changes, keeps }) => [
    keeps ?? 'all',
    changes,
  ]);
}

describe('the nearest request', () => {
  it('has every change listed: new values first, then what was dropped', () => {
    const asked = aRequest({
      durationSeconds: 20,
      resolution: '4k',
      ratio: '21:9',
      sound: true,
      media: media(['image1', 'video1']),
    });
    expect(changesOf(FAST_I2V, asked)).toEqual([
      [
        'all',
        [
          { kind: 'duration', from: 20, to: 15 },
          { kind: 'resolution', from: '4k', to: '720p' },
          { kind: 'ratio', from: '21:9', to: '16:9' },
          ...dropped('video1', 'sound'),
        ],
      ],
    ]);
  });

  it.each<[string, Route, Partial<VideoRequest>, object]>([
    ['the next resolution below', ANYFAST, { resolution: '1080p' }, { resolution: '720p' }],
    ['one above, where none is below', FULL, { resolution: '480p' }, { resolution: '720p' }],
    ['the shortest length', FULL, { durationSeconds: 1 }, { durationSeconds: 4 }],
    ['the longest length', FULL, { durationSeconds: 60 }, { durationSeconds: 12 }],
    ['a portrait rather than a square as close', MD, { ratio: '3:4' }, { ratio: '9:16' }],
    ['a landscape rather than a square as close', MD, { ratio: '4:3' }, { ratio: '16:9' }],
    ['the default shape without a picture', MD, { ratio: 'adaptive' }, { ratio: '16:9' }],
  ])('takes %s', (_what, route, given, expected) => {
    const [nearest] = nearestRequests(route, aRequest(given), () => 0n);
    expect(nearest?.request).toEqual(aRequest({ ...given, ...expected }));
  });

  it('takes the shape of the picture for one that the route would not choose itself', () => {
    const asked = aRequest({
      ratio: 'adaptive',
      media: media(['image1'], { width: 900, height: 1600 }),
    });
    expect(nearestRequests(MD, asked, () => 0n)[0]?.request.ratio).toBe('9:16');
  });

  it('drops web search rather than media', () => {
    const asked = aRequest({ webSearch: true, media: media(['first_frame']) });
    expect(changesOf(ANYFAST, asked)).toEqual([['all', dropped('web_search')]]);
  });

  it('drops those beyond a count, and of videos too long together the one that suffices', () => {
    const pictures = aRequest({ media: media(numbered('image', 6)) });
    expect(changesOf(MD, pictures)).toEqual([['all', dropped('image5', 'image6')]]);
    const videos = aRequest({
      media: {
        video1: anAttachment('video1', { seconds: 4 }),
        video2: anAttachment('video2', { seconds: 13 }),
        video3: anAttachment('video3', { seconds: 5 }),
      },
    });
    expect(changesOf(MD, videos)).toEqual([['all', dropped('video2')]]);
  });

  it('chooses between equals by price, an unknown one last, and then the longer', () => {
    const asked = aRequest({ durationSeconds: 7.5 });
    const secondsAt = (priceOf: (request: VideoRequest) => bigint | undefined): unknown =>
      nearestRequests(SP, asked, priceOf)[0]?.request.durationSeconds;
    expect(secondsAt(({ durationSeconds = 0 }) => BigInt(durationSeconds))).toBe(7);
    expect(secondsAt(({ durationSeconds }) => (durationSeconds === 7 ? undefined : 9n))).toBe(8);
    expect(secondsAt(() => 5n)).toBe(8);
    expect(secondsAt(() => undefined)).toBe(8);
  });

  it('leaves the choice between frames and references to the caller', () => {
    const asked = aRequest({ media: media(['first_frame', 'image1', 'video1']) });
    expect(changesOf(SP, asked)).toEqual([
      ['frames', dropped('image1')],
      ['references', dropped('first_frame')],
    ]);
    expect(changesOf(ANYFAST, asked)).toEqual([
      ['frames', dropped('image1', 'video1')],
      ['references', dropped('first_frame')],
    ]);
    const sound = aRequest({ media: media(['first_frame', 'audio1']) });
    expect(changesOf(STD, sound)).toEqual([
      ['frames', dropped('audio1')],
      ['references', dropped('first_frame')],
    ]);
  });

  it('asks for no choice where one side cannot stay anyway', () => {
    const lastAlone = aRequest({ media: media(['last_frame', 'image1']) });
    expect(changesOf(ANYFAST, lastAlone)).toEqual([['all', dropped('last_frame')]]);
    const soundAlone = aRequest({ media: media(['first_frame', 'audio1']) });
    expect(changesOf(ANYFAST, soundAlone)).toEqual([['all', dropped('audio1')]]);
    const all = aRequest({ media: media(['first_frame', 'image1']) });
    expect(changesOf(FULL, all)).toEqual([['all', dropped('first_frame', 'image1')]]);
  });

  it.each<[string, Route, Partial<VideoRequest>]>([
    ['an empty prompt', SP, { prompt: ' ' }],
    ['a prompt that is too long', FAST_I2V, { prompt: 'x'.repeat(5001) }],
    ['a file that is too large', ANYFAST, { media: media(['image1'], { bytes: 40_000_000 }) }],
    ['a file that is too long', ANYFAST, { media: media(['video1'], { seconds: 16 }) }],
    ['a file of another type', MD, { media: media(['image1'], { mimeType: 'image/gif' }) }],
    ['a picture that is too small', MD, { media: media(['video1'], { height: 400 }) }],
    [
      'a file beyond what all may have',
      MD,
      { media: media(['video1', 'video2'], { seconds: 16 }) },
    ],
  ])('does not exist for %s', (_what, route, given) => {
    expect(nearestRequests(route, aRequest({ ...given, resolution: '4k' }), () => 0n)).toEqual([]);
  });

  it('is the request itself where nothing is wrong with it', () => {
    const asked = aRequest({ resolution: '720p', media: media(['first_frame', 'audio1']) });
    expect(nearestRequests(SP, asked, () => 0n)).toEqual([{ request: asked, changes: [] }]);
  });
});
