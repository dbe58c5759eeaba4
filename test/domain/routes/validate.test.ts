import { describe, expect, it } from 'vitest';
import type { RequestIssue } from '../../../src/domain/routes/request-issue.ts';
import type { Attachment, VideoRequest } from '../../../src/domain/routes/request.ts';
import type { RouteId } from '../../../src/domain/routes/route.ts';
import { routesAccepting, validateRequest } from '../../../src/domain/routes/validate.ts';
import { toSubmission } from '../../../src/domain/routes/submission.ts';
import { aRequest, anAttachment, media, numbered } from '../../fakes/a-request.ts';
import { ROUTE_IDS, routeOf, routesOf } from '../../fakes/catalogue.ts';

const MIB = 1_048_576;
const ANYFAST = 'anyfast/seedance-2.0-mini';
const MD = 'jimmy/seedance2.0-md';
const SP = 'jimmy/seedance2.0-sp';
const FAST_I2V = 'jimmy/seedance2.0-fast-i2v';

const faultsOf = (id: RouteId, request: Partial<VideoRequest>): RequestIssue[] =>
  validateRequest(routeOf(id), aRequest(request));
/** `options: kind`, one a fault. */
const told = (id: RouteId, request: Partial<VideoRequest>): string[] =>
  faultsOf(id, request).map(({ options, reason }) => `${options.join(' ')}: ${reason.kind}`);

describe('a prompt', () => {
  it.each(ROUTE_IDS)('of 5000 characters is taken by %s, one more is not', (id) => {
    expect(told(id, { prompt: '🎬'.repeat(5000) })).toEqual([]);
    expect(told(id, { prompt: '🎬'.repeat(5001) })).toEqual(['prompt: prompt-too-long']);
  });

  it.each(ROUTE_IDS)('of nothing but spaces is refused by %s', (id) => {
    expect(told(id, { prompt: ' \n\t' })).toEqual(['prompt: prompt-empty']);
  });
});

describe.each(ROUTE_IDS.map((id) => routeOf(id)))('the settings of $id', (route) => {
  const { min, max } = route.duration;
  it.each([
    [min, []],
    [max, []],
    [min - 1, ['duration: duration']],
    [max + 1, ['duration: duration']],
    [min + 0.5, ['duration: duration']],
    [Number.NaN, ['duration: duration']],
  ])('take %d s with faults %j', (durationSeconds, faults) => {
    expect(told(route.id, { durationSeconds })).toEqual(faults);
  });

  it('name what is accepted instead', () => {
    const [fault] = faultsOf(route.id, { durationSeconds: 99 });
    expect(fault?.reason).toEqual({ kind: 'duration', given: 99, min, max });
  });

  it('take their own default, and web search where it is off', () => {
    const { output, ratios, sound, watermark } = route;
    const resolution = output.kind === 'fixed' ? output.resolution : output.default;
    const request: Partial<VideoRequest> = {
      durationSeconds: route.duration.default,
      resolution,
      webSearch: false,
      ...(ratios.default === undefined ? {} : { ratio: ratios.default }),
      ...(sound === undefined ? {} : { sound: sound.default }),
      ...(watermark === undefined ? {} : { watermark: watermark.default }),
    };
    expect(told(route.id, request)).toEqual([]);
  });
});

type FileCase = readonly [RouteId, string, Partial<Attachment>, readonly string[]];
const type = (mimeType: string, filename = 'file'): Partial<Attachment> => ({ mimeType, filename });

describe('a file', () => {
  const anyfastImages = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'];
  it.each<FileCase>([
    // AnyFast: formats, bytes and seconds of each kind.
    ...anyfastImages.map((name): FileCase => [ANYFAST, 'image1', type(`image/${name}`), []]),
    [ANYFAST, 'image1', type('image/avif'), ['image1: media-type']],
    [ANYFAST, 'first_frame', type('image/heic'), ['first_frame: media-type']],
    [ANYFAST, 'image1', { bytes: 30 * MIB }, []],
    [ANYFAST, 'image1', { bytes: 30 * MIB + 1 }, ['image1: media-bytes']],
    [ANYFAST, 'first_frame', { bytes: 30 * MIB + 1 }, ['first_frame: media-bytes']],
    [ANYFAST, 'video1', type('video/mp4'), []],
    [ANYFAST, 'video1', type('video/quicktime'), []],
    [ANYFAST, 'video1', type('video/webm'), ['video1: media-type']],
    [ANYFAST, 'video1', { bytes: 50 * MIB }, []],
    [ANYFAST, 'video1', { bytes: 50 * MIB + 1 }, ['video1: media-bytes']],
    [ANYFAST, 'video1', { seconds: 2 }, []],
    [ANYFAST, 'video1', { seconds: 15 }, []],
    [ANYFAST, 'video1', { seconds: 1.9 }, ['video1: media-seconds']],
    [ANYFAST, 'video1', { seconds: 15.1 }, ['video1: media-seconds']],
    // MD: no GIF; both sides of pictures and videos between 720 and 2160 pixels.
    [MD, 'image1', type('image/gif'), ['image1: media-type']],
    [MD, 'image1', type('image/avif'), []],
    [MD, 'video1', { width: 1280, height: 720 }, []],
    [MD, 'video1', { width: 719, height: 1280 }, ['video1: media-pixels']],
    [MD, 'video1', { width: 2160, height: 2160 }, []],
    [MD, 'video1', { width: 3840, height: 2160 }, ['video1: media-pixels']],
    [MD, 'video1', { width: 2161, height: 2161 }, ['video1: media-pixels']],
    [MD, 'image1', { width: 720, height: 2160 }, []],
    [MD, 'image1', { width: 719, height: 1280 }, ['image1: media-pixels']],
    [MD, 'image1', { width: 1280, height: 2161 }, ['image1: media-pixels']],
    [
      MD,
      'first_frame',
      { width: 640, height: 640 },
      ['first_frame: media-pixels', 'first_frame: frames-both-needed'],
    ],
    [MD, 'video1', { bytes: 200 * MIB }, []],
    [MD, 'video1', { bytes: 200 * MIB + 1 }, ['video1: media-total-bytes']],
    [MD, 'video1', { seconds: 15 }, []],
    [MD, 'video1', { seconds: 15.5 }, ['video1: media-total-seconds']],
    // Where no document speaks, the provider does.
    [SP, 'image1', { ...type('image/avif'), bytes: 400 * MIB, width: 1, height: 1 }, []],
    [SP, 'video1', { ...type('video/webm'), bytes: 400 * MIB, seconds: 400 }, []],
    // The kind itself, on every route.
    [SP, 'image1', type('video/mp4'), ['image1: media-type']],
    [SP, 'video1', type('image/gif'), ['video1: media-type']],
    [FAST_I2V, 'last_frame', type('application/pdf'), ['last_frame: media-type']],
    [SP, 'image1', type('application/octet-stream', 'photo.JPG'), []],
    [SP, 'image1', type('application/octet-stream', 'photo'), ['image1: media-type']],
    [SP, 'image1', type('', 'archive.zip'), ['image1: media-type']],
    [ANYFAST, 'image1', type('IMAGE/PNG; charset=x'), []],
    [ANYFAST, 'image1', type('image/jpg'), []],
    [ANYFAST, 'video1', type('', 'clip.MOV'), []],
  ])('for %s as %s with %o has faults %j', (id, option, changes, faults) => {
    const request = { media: { [option]: anAttachment(option, changes) } };
    expect(told(id, request)).toEqual(faults);
  });

  it.each<[Partial<Attachment>, readonly string[]]>([
    [type('audio/wav'), []],
    [type('audio/x-wav'), []],
    [type('audio/mp3'), []],
    [type('audio/ogg'), ['audio1: media-type']],
    [{ bytes: 15 * MIB }, []],
    [{ bytes: 15 * MIB + 1 }, ['audio1: media-bytes']],
    [{ seconds: 2 }, []],
    [{ seconds: 16 }, ['audio1: media-seconds']],
  ])('of sound beside a picture for AnyFast with %o has faults %j', (changes, faults) => {
    const audio1 = anAttachment('audio1', changes);
    expect(told(ANYFAST, { media: { ...media(['image1']), audio1 } })).toEqual(faults);
  });

  it('whose size Discord does not tell is judged by the provider', () => {
    const { filename, url, bytes } = anAttachment('video1');
    expect(told(MD, { media: { video1: { filename, url, bytes } } })).toEqual([]);
    expect(told(ANYFAST, { media: { video1: { filename, url, bytes } } })).toEqual([]);
  });

  it('of two faults is told of both', () => {
    const changes = { ...type('video/webm'), bytes: 51 * MIB, seconds: 1 };
    expect(told(ANYFAST, { media: media(['video2'], changes) })).toEqual([
      'video2: media-type',
      'video2: media-bytes',
      'video2: media-seconds',
    ]);
  });
});

describe('files together', () => {
  it.each<[string, Partial<Attachment>, readonly string[]]>([
    ['15 s', { seconds: 5 }, []],
    ['15.3 s', { seconds: 5.1 }, ['video1 video2 video3: media-total-seconds']],
    ['201 MiB', { bytes: 67 * MIB }, ['video1 video2 video3: media-total-bytes']],
  ])('of %s for MD have faults %j', (_what, changes, faults) => {
    expect(told(MD, { media: media(numbered('video', 3), changes) })).toEqual(faults);
  });

  it('beyond a count are named, and those within it are not', () => {
    const [fault] = faultsOf(MD, {
      media: media(['image2', 'image4', 'image5', 'image6', 'image9']),
    });
    expect(fault).toEqual({
      options: ['image9'],
      reason: { kind: 'media-count', media: 'image', given: 5, max: 4 },
    });
  });

  it('in conflict are named on both sides, each once', () => {
    const given = ['first_frame', 'last_frame', 'image3', 'video2', 'audio1'];
    expect(told(ANYFAST, { media: media(given) })).toEqual([
      'first_frame last_frame image3 video2 audio1: frames-with-references',
    ]);
    expect(told(SP, { media: media(given) })).toEqual([
      'first_frame last_frame image3: frames-with-references',
    ]);
  });
});

describe('a route that makes no sound', () => {
  const silent = { ...routeOf(SP), isSilent: true } as const;

  it('takes the wish for none, and does not send it', () => {
    const request = aRequest({ sound: false });
    expect(validateRequest(silent, request)).toEqual([]);
    expect(toSubmission(silent, request)).not.toHaveProperty('sound');
    expect(validateRequest(silent, aRequest({ sound: true }))).toMatchObject([
      { options: ['sound'], reason: { kind: 'switch-not-taken' } },
    ]);
  });
});

describe('a request with several faults', () => {
  it('is told of all of them at once', () => {
    const request: Partial<VideoRequest> = {
      prompt: '',
      durationSeconds: 99,
      resolution: '4k',
      ratio: 'adaptive',
      sound: false,
      webSearch: true,
      watermark: false,
      media: media(['first_frame', 'image1', 'video1', 'audio2'], { bytes: 1 }),
    };
    expect(told(FAST_I2V, request)).toEqual([
      'prompt: prompt-empty',
      'duration: duration',
      'resolution: resolution',
      'ratio: ratio',
      'sound: switch-not-taken',
      'web_search: switch-not-taken',
      'watermark: switch-not-taken',
      'video1: media-not-taken',
      'audio2: media-not-taken',
      'first_frame image1: frames-with-references',
    ]);
  });
});

describe('the models named instead', () => {
  const all = routesOf(new Set(['jimmy', 'anyfast']));
  const others = (request: Partial<VideoRequest>, on = all): string[] =>
    routesAccepting(aRequest(request), on, routeOf(SP)).map(({ id }) => id);

  it('are the others that take it as it stands', () => {
    expect(others({ sound: true })).toEqual([ANYFAST]);
    expect(others({ resolution: '4k' })).toEqual(['jimmy/sd2_mx']);
    expect(others({ durationSeconds: 1 })).toEqual([FAST_I2V, MD, 'jimmy/seedance2.0-fast-md']);
    expect(others({ durationSeconds: 99 })).toEqual([]);
  });

  it('never are the one that was asked, nor one whose provider is off', () => {
    const two = ROUTE_IDS.filter((id) => !id.startsWith('ark/'));
    expect(others({})).toEqual(two.filter((id) => id !== SP));
    expect(others({ sound: true }, routesOf(new Set(['jimmy'])))).toEqual([]);
    expect(routesOf(new Set())).toEqual([]);
    expect(routesOf(new Set(['jimmy', 'anyfast'])).map(({ id }) => id)).toEqual(two);
  });
});
