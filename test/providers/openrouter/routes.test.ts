import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOpenrouterModel } from '../../../src/providers/openrouter/routes.ts';
import { readRouteList } from '../../../src/providers/route-list.ts';
import {
  OPENROUTER_MODELS,
  listedModel,
} from '../../../src/simulators/providers/openrouter/models.ts';
import { hostileValue } from '../../fuzz/hostile-json.ts';

const VEO = {
  id: 'google/veo-3.1',
  name: 'Google: Veo 3.1',
  supported_durations: [8, 4, 6, 6],
  supported_resolutions: ['720p', '1080p', '4K', '1K'],
  supported_aspect_ratios: ['16:9', '9:16', '3:2'],
  supported_frame_images: ['first_frame', 'last_frame'],
  generate_audio: true,
  pricing_skus: { duration_seconds: '0.40' },
};
/** A list in a list, so deep that nothing can write it. */
function nested(depth: number): unknown {
  return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
}

function routeOf(model: object) {
  const read = readOpenrouterModel(model);
  if (read.kind !== 'route') throw new Error(read.why);
  return read;
}

const listOf = (entries: unknown) => readRouteList({ readEntry: readOpenrouterModel }, entries);

describe('a model of the list', () => {
  it('is a route with what the list says of it, and nothing else', () => {
    expect(routeOf(VEO).route).toEqual({
      title: 'Google: Veo 3.1',
      tier: 3,
      model: 'google/veo-3.1',
      billing: { unit: 'second', byResolution: false },
      duration: { min: 4, max: 8, default: 4, only: [4, 6, 8] },
      output: {
        kind: 'field',
        resolutions: ['720p', '1080p', '4k'],
        default: '720p',
        isAlwaysSent: true,
      },
      ratios: { accepted: ['16:9', '9:16'] },
      frames: 'any',
      media: { image: 'not-taken', video: 'not-taken', audio: 'not-taken' },
      framesExcludeReferences: true,
      sound: { default: true },
      notOffered: ['1K', '3:2'],
      source: 'OpenRouter, its list of video models',
    });
  });

  it.each<[what: string, changes: object, expected: object]>([
    [
      'without gaps',
      { supported_durations: [4, 5, 6] },
      { duration: { min: 4, max: 6, default: 5 } },
    ],
    [
      'of one length',
      { supported_durations: [10] },
      { duration: { min: 10, max: 10, default: 10 } },
    ],
    [
      'beyond a minute',
      { supported_durations: [5, 90] },
      { duration: { min: 5, max: 5, default: 5 } },
    ],
    ['with a first frame', { supported_frame_images: ['first_frame'] }, { frames: 'first-only' }],
    [
      'with a last frame alone',
      { supported_frame_images: ['last_frame'] },
      { frames: 'not-taken' },
    ],
    ['with nothing said of frames', { supported_frame_images: null }, { frames: 'not-taken' }],
    ['without ratios', { supported_aspect_ratios: null }, { ratios: { accepted: [] } }],
    ['without 720p', { supported_resolutions: ['480p', '1080p'] }, { output: { default: '480p' } }],
    [
      'with markup in its name',
      { name: '**@everyone** [x](http://y) Ω' },
      { title: 'everyone x(http:y) Ω' },
    ],
    ['without a name', { name: ' \u200b ' }, { title: 'google/veo-3.1' }],
    ['called fast', { id: 'a/veo-fast' }, { tier: 2 }],
    ['called lite', { id: 'a/veo', name: 'Veo Lite' }, { tier: 1 }],
  ])('%s is read as such', (_what, changes, expected) => {
    expect(routeOf({ ...VEO, ...changes }).route).toMatchObject(expected);
  });

  it.each<[what: string, entry: unknown]>([
    ['nothing', null],
    ['a text', 'google/veo-3.1'],
    ['no id', { ...VEO, id: undefined }],
    ['an id with a space', { ...VEO, id: 'google/veo 3.1' }],
    ['an id that goes elsewhere', { ...VEO, id: '../credits?x=1' }],
    ['an id that ends with a slash', { ...VEO, id: 'google/' }],
    ['an id that is too long', { ...VEO, id: 'x'.repeat(501) }],
    ['no lengths', { ...VEO, supported_durations: null }],
    ['lengths that are none', { ...VEO, supported_durations: [0, -4, 2.5, 1e9] }],
    ['lengths as texts', { ...VEO, supported_durations: ['4'] }],
    ['no resolutions', { ...VEO, supported_resolutions: null }],
    ['a resolution of no option', { ...VEO, supported_resolutions: ['768p'] }],
    ['thousands of ratios', { ...VEO, supported_aspect_ratios: Array(5000).fill('16:9') }],
  ])('with %s is left out', (_what, entry) => {
    expect(readOpenrouterModel(entry).kind).toBe('unusable');
    const listed = readRouteList({ readEntry: readOpenrouterModel }, [entry, VEO]);
    expect(listed?.routes.map(({ model }) => model)).toEqual(['google/veo-3.1']);
    expect(listed?.unusable).toHaveLength(1);
  });

  it('with any id that is taken fits into a route’s id of 512 characters', () => {
    const id = `a/${'x'.repeat(498)}`;
    expect(routeOf({ ...VEO, id }).route.model).toBe(id);
    expect(`openrouter/${id}`.length).toBeLessThanOrEqual(512);
  });

  it('is read again from what is kept of it', () => {
    const listed = readRouteList(
      { readEntry: readOpenrouterModel },
      OPENROUTER_MODELS.map(listedModel),
    );
    const kept: unknown = JSON.parse(JSON.stringify(listed?.kept));
    expect(readRouteList({ readEntry: readOpenrouterModel }, kept)).toEqual(listed);
    expect(JSON.stringify(kept)).not.toContain('description');
  });

  it('is kept whatever stands where a price should', () => {
    const pricing_skus = { generate: nested(20_000), duration_seconds: { a: 1 } };
    const { kept } = routeOf({ ...VEO, pricing_skus });
    expect(JSON.parse(JSON.stringify(kept))).toMatchObject({ pricing_skus: { generate: null } });
  });

  it('of any form at all is read or left out', () => {
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(VEO)), hostileValue)
      .map(([field, value]): unknown => ({ ...VEO, [field]: value }));
    fc.assert(
      fc.property(fc.oneof(hostileValue, changed), (entry) => {
        for (const { duration, output, title } of listOf([entry])?.routes ?? []) {
          expect(duration.min).toBeGreaterThanOrEqual(1);
          expect(duration.max).toBeLessThanOrEqual(60);
          expect(output.kind === 'field' && output.resolutions.length > 0).toBe(true);
          expect(title).toMatch(/^[^@*_`<>[\]\n]+$/);
        }
      }),
    );
  });
});

describe('the prices of a model', () => {
  it.each<[what: string, skus: object, prices: Record<string, [string, string]>]>([
    [
      'by the second',
      { duration_seconds: '0.40' },
      { '': ['0.4', 'second'], '-silent': ['0.4', 'second'] },
    ],
    [
      'with sound and without',
      { duration_seconds_with_audio: '0.40', duration_seconds_without_audio: '0.2' },
      { '': ['0.4', 'second'], '-silent': ['0.2', 'second'] },
    ],
    [
      'by the resolution',
      {
        duration_seconds: '0.1',
        duration_seconds_4k: '0.6',
        duration_seconds_without_audio_4k: '0.3',
      },
      {
        '-720p': ['0.1', 'second'],
        '-720p-silent': ['0.1', 'second'],
        '-1080p': ['0.1', 'second'],
        '-1080p-silent': ['0.1', 'second'],
        '-4k': ['0.6', 'second'],
        '-4k-silent': ['0.3', 'second'],
      },
    ],
    [
      'of a text and of a picture: the dearer',
      { text_to_video_duration_seconds_720p: '0.04', image_to_video_duration_seconds_720p: '0.05' },
      { '-720p': ['0.05', 'second'], '-720p-silent': ['0.05', 'second'] },
    ],
    [
      'in cents',
      { cents_per_second_output: '12' },
      { '': ['0.12', 'second'], '-silent': ['0.12', 'second'] },
    ],
    [
      'in cents by the resolution',
      { cents_per_video_output_second_720p_without_audio: '5' },
      { '-720p-silent': ['0.05', 'second'] },
    ],
    [
      'by tokens',
      { video_tokens: '0.0000107', video_tokens_without_audio: '0.000005' },
      { '': ['10.7', 'million_tokens'], '-silent': ['5', 'million_tokens'] },
    ],
    ['by the video', { generate: '1.50' }, { '': ['1.5', 'task'], '-silent': ['1.5', 'task'] }],
    [
      'with charges for pictures',
      { duration_seconds: '1', cents_per_image_input: '1', reference_images: '0.04' },
      { '': ['1', 'second'], '-silent': ['1', 'second'] },
    ],
    [
      'in an unknown form, all of them',
      { duration_seconds: '1', minimum_cents_per_generation: '70' },
      {},
    ],
    ['in two units', { duration_seconds: '1', video_tokens: '0.1' }, {}],
    ['that are negative', { duration_seconds: '-1' }, {}],
    ['that are no numbers', { duration_seconds: 'free' }, {}],
    ['with an exponent', { duration_seconds: '1e3' }, {}],
    ['that are objects', { generate: { 10: '1.00' } }, {}],
    ['that are nested without an end', { generate: nested(20_000) }, {}],
    ['that are absent', {}, {}],
  ])('%s', (_what, pricing, prices) => {
    const read = routeOf({ ...VEO, pricing_skus: pricing });
    expect(
      Object.fromEntries([...read.prices].map(([end, { amount, per }]) => [end, [amount, per]])),
    ).toEqual(prices);
  });
});

it('a list has no price of a key that two of its models have', () => {
  const sized = { duration_seconds_720p: '0.4', duration_seconds_1080p: '0.5' };
  const listed = listOf([
    { ...VEO, generate_audio: false, pricing_skus: sized },
    { ...VEO, generate_audio: false, id: 'google/veo-3.1-720p' },
  ]);
  expect([...(listed?.prices.keys() ?? [])]).toEqual(['google/veo-3.1-1080p']);
});

it('a list has each model and each name once, and is none without a model', () => {
  const listed = listOf([VEO, VEO, { ...VEO, id: 'google/other' }]);
  expect(listed?.routes.map(({ model, title }) => [model, title])).toEqual([
    ['google/veo-3.1', 'Google: Veo 3.1'],
    ['google/other', 'google/other'],
  ]);
  for (const none of [undefined, null, {}, 'x', [], [null], [{ id: 'x' }]]) {
    expect(listOf(none)).toBeUndefined();
  }
  const many = Array.from({ length: 3000 }, (_, index) => ({ ...VEO, id: `a/${index}` }));
  expect(listOf(many)?.routes).toHaveLength(2000);
});
