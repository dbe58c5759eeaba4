import { describe, expect, it } from 'vitest';
import { namesOfSent, otherModelIn } from '../../src/providers/echoed-model.ts';
import { JIMMY_DIALECT } from '../../src/providers/jimmy/dialect.ts';
import { routeOf } from '../fakes/catalogue.ts';
import { answer } from './answer.ts';

const paths = JIMMY_DIALECT.modelPaths;
const created = (model: unknown) => answer(200, { code: '20000', data: { task_id: 'a', model } });

describe('a model that the answer to a create names', () => {
  const sent = namesOfSent('seedance2.0-mini-video', routeOf('jimmy/seedance2.0-mini'), {
    resolution: '480p',
  });

  it.each<[string, unknown, string | undefined]>([
    ['the one that was sent', 'seedance2.0-mini-video', undefined],
    ['it in capitals', ' Seedance2.0-Mini-Video\n', undefined],
    ['by which it is billed', 'seedance2.0-mini-480p-video', undefined],
    ['of another resolution', 'seedance2.0-mini-720p-video', 'seedance2.0-mini-720p-video'],
    ['without its video', 'seedance2.0-mini', 'seedance2.0-mini'],
    ['of nothing', '', undefined],
    ['that is none', null, undefined],
    ['that is an object', { name: 'x' }, undefined],
    ['that is endless', 'x'.repeat(5000), 'x'.repeat(100)],
    ['that hides something', 'a\u202Eb\nc', 'ab c'],
  ])('%s', (_what, model, other) => {
    expect(otherModelIn(created(model), paths, sent)).toBe(other);
  });

  it('without an envelope, or in no answer at all', () => {
    const bare = answer(200, { id: 'a', model: 'seedance-2.0' });
    expect(otherModelIn(bare, paths, ['seedance-2.0-mini'])).toBe('seedance-2.0');
    expect(otherModelIn(answer(200, '<html>'), paths, sent)).toBeUndefined();
    expect(otherModelIn({ kind: 'no-answer', detail: '' }, paths, sent)).toBeUndefined();
  });

  it('is the one that was sent, without the gateway’s part before it', () => {
    const names = namesOfSent('azure/sora-2', routeOf('jimmy/sd2_mx'), {});
    expect(otherModelIn(created('sora-2'), paths, names)).toBeUndefined();
    expect(otherModelIn(created('sora-2-pro'), paths, names)).toBe('sora-2-pro');
  });

  it('is the one of its resolution where that is in its name', () => {
    const full = namesOfSent('sd2_mx_720p', routeOf('jimmy/sd2_mx'), {});
    expect(otherModelIn(created('sd2_mx_720p'), paths, full)).toBeUndefined();
    expect(otherModelIn(created('sd2_mx_4k'), paths, full)).toBe('sd2_mx_4k');
  });
});
