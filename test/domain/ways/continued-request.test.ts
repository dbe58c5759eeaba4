import { describe, expect, it } from 'vitest';
import { LAST_CLIP_FRAME } from '../../../src/domain/routes/kept-media.ts';
import type { KeptMedia } from '../../../src/domain/routes/kept-media.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { continuedRequest } from '../../../src/domain/ways/continued-request.ts';
import type { ContinuedClip } from '../../../src/domain/ways/continued-request.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const frame = (width?: number, height?: number): KeptMedia => ({
  taskId: TASK_ID,
  option: LAST_CLIP_FRAME,
  sha256: 'a'.repeat(64),
  filename: 'last-frame.png',
  mimeType: 'image/png',
  bytes: 2_000_000,
  ...(width === undefined || height === undefined ? {} : { width, height }),
});

const clip = (changes: Partial<ContinuedClip> = {}): ContinuedClip => ({
  request: aRequest({ prompt: 'before', media: media(['image1', 'image2']) }),
  made: { resolution: '720p', ratio: '16:9' },
  frame: frame(1280, 720),
  ...changes,
});

const onRoute = (id: string, changes: Partial<ContinuedClip> = {}) =>
  continuedRequest(clip(changes), { route: routeOf(id), prompt: 'after', durationSeconds: 6 });

const SP = 'jimmy/seedance2.0-sp';
const FAST = 'jimmy/seedance2.0-fast-i2v';
const ANYFAST = 'anyfast/seedance-2.0-mini';

describe('a video that goes on', () => {
  it('begins with the last frame, which refers to the copy, without references', () => {
    const { prompt, durationSeconds, media: given } = onRoute(SP);
    expect([prompt, durationSeconds]).toEqual(['after', 6]);
    expect(Object.keys(given)).toEqual(['first_frame']);
    const kept = { taskId: TASK_ID, option: LAST_CLIP_FRAME, sha256: 'a'.repeat(64) };
    expect(given.first_frame).toMatchObject({ url: '', bytes: 2_000_000, width: 1280, kept });
  });

  it.each<[string, string, Partial<ContinuedClip>, string | undefined]>([
    ['the shape of the picture', SP, { frame: frame(720, 1280) }, '9:16'],
    ['a shape that is rounded to blocks', SP, { frame: frame(1280, 736) }, '16:9'],
    ['a square', FAST, { frame: frame(960, 960) }, '1:1'],
    ['what was asked for, if the size is not known', SP, { frame: frame() }, '16:9'],
    [
      'adaptive, if the shape has no name',
      SP,
      { frame: frame(1000, 900), made: { resolution: '720p' } },
      'adaptive',
    ],
    [
      'the model’s own, if the shape has no name and it does not adapt',
      FAST,
      { frame: frame(1000, 900), made: { resolution: '720p', ratio: 'adaptive' } },
      undefined,
    ],
    [
      'one that the model does not make, so that it is refused',
      FAST,
      { frame: frame(840, 360) },
      '21:9',
    ],
  ])('has %s', (_what, route, changes, ratio) => {
    expect(onRoute(route, changes).ratio).toBe(ratio);
  });

  it.each<[string, string, string, string | undefined]>([
    ['stays', SP, '480p', '480p'],
    ['stays where it is the only one', FAST, '720p', '720p'],
    ['is left out where the model does not make it', FAST, '1080p', undefined],
    ['is left out where it is none', SP, 'huge', undefined],
  ])('a resolution %s', (_what, route, resolution, expected) => {
    const made = { resolution, ratio: '16:9' };
    expect(onRoute(route, { made }).resolution).toBe(expected);
  });

  it('keeps switches where the model has them, and never searches the web', () => {
    const request = aRequest({ sound: false, watermark: true, webSearch: true });
    expect(onRoute(ANYFAST, { request })).toMatchObject({ sound: false, watermark: true });
    expect(onRoute(ANYFAST, { request }).webSearch).toBeUndefined();
    const { sound, watermark, webSearch } = onRoute(SP, { request });
    expect([sound, watermark, webSearch]).toEqual([undefined, undefined, undefined]);
  });

  it('is accepted by every model that takes a first frame', () => {
    const taking = ROUTES.filter(({ frames }) => frames === 'any' || frames === 'first');
    expect(taking.length).toBeGreaterThan(5);
    for (const { id } of taking) {
      expect([id, validateRequest(routeOf(id), onRoute(id))]).toEqual([id, []]);
    }
  });
});
