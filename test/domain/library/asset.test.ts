import { describe, expect, it } from 'vitest';
import { afterDeletion, asDoomed, cleanStep } from '../../../src/domain/library/asset-cleaning.ts';
import { lookWaitMs } from '../../../src/domain/library/asset-timing.ts';
import {
  afterFind,
  afterLook,
  afterUpload,
  asDoubted,
  nextStep,
  underKey,
  withUpload,
} from '../../../src/domain/library/asset-transitions.ts';
import type { AssetStep } from '../../../src/domain/library/asset-transitions.ts';
import { assetSchema } from '../../../src/domain/library/asset.ts';
import type { Asset } from '../../../src/domain/library/asset.ts';
import { withUse, withoutUse } from '../../../src/domain/library/asset-uses.ts';
import { anAsset } from '../../fakes/an-asset.ts';
import { NOON } from '../../fakes/clock.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const REVIEW = { why: 'failed', category: 'unknown' } as const;

const uploading = (): Asset => withUpload(anAsset(), { name: 'n-1', by: 'task' }, NOON);
const submitted = (): Asset => afterUpload(uploading(), { kind: 'uploaded', id: 'a-1' }, NOON);
const active = (): Asset => afterLook(submitted(), { kind: 'active' }, NOON);
const REVIEWED = { kind: 'failed', fault: REVIEW } as const;
const failed = (): Asset => afterLook(submitted(), REVIEWED, NOON);
const refusedUpload = (): Asset =>
  afterUpload(uploading(), { kind: 'refused', fault: { ...REVIEW, why: 'refused' } }, NOON);
const lost = (): Asset => afterUpload(uploading(), { kind: 'lost' }, NOON);
const lostTwice = (): Asset =>
  afterUpload(withUpload(lost(), { name: 'n-2', by: 'task' }, NOON), { kind: 'lost' }, NOON);

it('is looked at after 3, 3, 5, 5 and then every 10 seconds', () => {
  expect([0, 1, 2, 3, 4, 50].map(lookWaitMs)).toEqual(
    [3, 3, 5, 5, 10, 10].map((seconds) => seconds * SECOND),
  );
});

describe('the next step for an asset', () => {
  it.each<[what: string, asset: Asset, canFind: boolean, step: AssetStep]>([
    ['uploads a new one', anAsset(), true, { do: 'upload' }],
    ['looks for one that a crash cut off', uploading(), true, { do: 'find', name: 'n-1' }],
    ['uploads it once more where no list is documented', uploading(), false, { do: 'upload' }],
    ['looks for one whose answer was lost', lost(), true, { do: 'find', name: 'n-1' }],
    ['uploads that once more where no list is documented', lost(), false, { do: 'upload' }],
    ['gives up after two answers were lost', lostTwice(), false, { do: 'give-up' }],
    [
      'gives up after two that were not found either',
      afterFind(lostTwice(), undefined, NOON),
      true,
      { do: 'give-up' },
    ],
    [
      'uploads again what was not found',
      afterFind(lost(), undefined, NOON),
      true,
      { do: 'upload' },
    ],
    ['looks at what was found', afterFind(lost(), 'a-9', NOON), true, { do: 'look', id: 'a-9' }],
    ['looks at what was uploaded', submitted(), true, { do: 'look', id: 'a-1' }],
    ['uses what is active', active(), true, { do: 'use', id: 'a-1' }],
    [
      'looks again at what the provider did not take',
      asDoubted(active()),
      true,
      { do: 'look', id: 'a-1' },
    ],
    [
      'refuses what failed',
      afterLook(submitted(), { kind: 'failed', fault: REVIEW }, NOON),
      true,
      { do: 'refuse', fault: REVIEW },
    ],
    [
      'uploads again what is gone',
      afterLook(active(), { kind: 'missing' }, NOON),
      true,
      { do: 'upload' },
    ],
    [
      'uploads again what another key uploaded',
      underKey(active(), 'other'),
      true,
      { do: 'upload' },
    ],
  ])('%s', (_what, asset, canFind, step) => {
    expect(nextStep(asset, NOON, canFind)).toEqual(step);
  });

  it('looks again at an asset that was seen a day ago, or in the future', () => {
    expect(nextStep(active(), NOON + DAY - 1, true).do).toBe('use');
    expect(nextStep(active(), NOON + DAY, true).do).toBe('look');
    expect(nextStep(active(), NOON - DAY, true).do).toBe('look');
  });
});

const missingAfter = (ms: number) => afterLook(submitted(), { kind: 'missing' }, NOON + ms).state;

describe('a new asset that the provider does not know', () => {
  it('is waited for within a minute', () => {
    expect(missingAfter(59 * SECOND)).toMatchObject({ name: 'submitted', id: 'a-1' });
  });

  it('failed after it, without an id', () => {
    expect(missingAfter(60 * SECOND)).toEqual({
      name: 'failed',
      fault: { why: 'never-there', category: 'unknown' },
    });
  });

  it('is waited for from now on if its time lies in the future', () => {
    expect(missingAfter(-DAY)).toEqual({ name: 'submitted', id: 'a-1', at: NOON - DAY });
  });
});

it('keeps what another key is about to find under its own name alone', () => {
  const asset = underKey({ ...lost(), doomed: ['a-0'] }, 'other');
  expect(asset).toMatchObject({ state: { name: 'new' }, uploads: [], doomed: [] });
  expect(underKey(asset, 'other')).toBe(asset);
});

it('is not changed by a look without an answer, a pending one, or a late one', () => {
  for (const look of [{ kind: 'pending' }, { kind: 'no-answer' }] as const) {
    for (const asset of [submitted(), active()]) expect(afterLook(asset, look, NOON)).toBe(asset);
  }
  const deleted = asDoomed(active());
  expect(afterLook(deleted, { kind: 'active' }, NOON)).toBe(deleted);
});

describe('uses', () => {
  it('are added and removed once', () => {
    const used = withUse(withUse(anAsset(), { by: 'task', id: '1' }), { by: 'name', name: 'cat' });
    expect(withUse(used, { by: 'task', id: '1' })).toBe(used);
    expect(withUse(used, { by: 'name', name: 'cat' })).toBe(used);
    const one = withoutUse(used, { by: 'task', id: '1' }, NOON);
    expect(one).toMatchObject({ uses: { tasks: [], names: ['cat'] } });
    expect(one.unusedSince).toBeUndefined();
    const none = withoutUse(one, { by: 'name', name: 'cat' }, NOON);
    expect(none.unusedSince).toBe(NOON);
    expect(withoutUse(none, { by: 'name', name: 'cat' }, NOON + 1)).toBe(none);
    expect(withUse(none, { by: 'task', id: '2' }).unusedSince).toBeUndefined();
  });

  it('begin anew what failed before, and keep in mind what lies there', () => {
    const again = withUse(failed(), { by: 'task', id: '2' });
    expect(again).toMatchObject({ state: { name: 'new' }, uploads: [], doomed: ['a-1'] });
    expect(nextStep(again, NOON, true)).toEqual({ do: 'upload' });
    const refused = withUse(refusedUpload(), { by: 'task', id: '2' });
    expect(refused).toMatchObject({ state: { name: 'new' }, uploads: [], doomed: [] });
  });

  it('do not begin anew what fails while it is used', () => {
    const once = afterLook(withUse(submitted(), { by: 'task', id: '1' }), REVIEWED, NOON);
    const twice = withUse(once, { by: 'task', id: '2' });
    expect(twice.state).toEqual({ name: 'failed', id: 'a-1', fault: REVIEW });
  });
});

/** Used once more and no longer, before it was uploaded again. */
const withUseOver = (asset: Asset): Asset =>
  withoutUse(withUse(asset, { by: 'task', id: '2' }), { by: 'task', id: '2' }, NOON);

const used = (asset: Asset): Asset => withUse(asset, { by: 'task', id: '1' });

describe('what becomes of an asset', () => {
  const BOTH = { canFind: true, canDelete: true };
  const NEITHER = { canFind: false, canDelete: false };

  it.each([
    ['kept while it is used', used(active()), BOTH, false, { do: 'keep' }],
    ['doomed when it is not', active(), BOTH, false, { do: 'doom' }],
    ['deleted when it is doomed', asDoomed(active()), BOTH, false, { do: 'delete', id: 'a-1' }],
    [
      'deleted as far as it is doomed, while its next upload is used',
      used(asDoomed(active())),
      BOTH,
      false,
      { do: 'delete', id: 'a-1' },
    ],
    [
      'forgotten once that is deleted',
      afterDeletion(asDoomed(active()), 'a-1'),
      BOTH,
      false,
      { do: 'forget' },
    ],
    ['looked for when its answer was lost', lost(), BOTH, false, { do: 'find', name: 'n-1' }],
    ['kept where nothing can be deleted', active(), NEITHER, false, { do: 'keep' }],
    ['kept there if it failed its review', failed(), NEITHER, false, { do: 'keep' }],
    ['kept there beside a newer one', withUseOver(failed()), NEITHER, false, { do: 'keep' }],
    ['doomed if it failed its review', failed(), BOTH, false, { do: 'doom' }],
    ['forgotten there after the retention', active(), NEITHER, true, { do: 'forget' }],
    [
      'forgotten there when its member is gone',
      { ...active(), memberId: undefined },
      NEITHER,
      false,
      { do: 'forget' },
    ],
    ['forgotten there when nothing may lie there', lost(), NEITHER, false, { do: 'forget' }],
    ['kept while its library is off', active(), undefined, false, { do: 'keep' }],
    ['kept there while it is to be deleted', asDoomed(active()), undefined, false, { do: 'keep' }],
    ['kept there while its answer is not known', lost(), undefined, false, { do: 'keep' }],
    ['forgotten there after the retention', asDoomed(active()), undefined, true, { do: 'forget' }],
    ['forgotten there when nothing lies there', anAsset(), undefined, false, { do: 'forget' }],
  ])('is %s', (_what, asset, traits, isOld, step) => {
    expect(cleanStep(asset, traits, isOld)).toEqual(step);
  });

  it('is never doomed while something uses it', () => {
    const asset = used(active());
    expect(asDoomed(asset)).toBe(asset);
  });
});

it('is the same after it was written and read', () => {
  const states = [anAsset(), uploading(), submitted(), active(), lost(), asDoomed(active())];
  for (const asset of states) {
    expect(assetSchema.parse(JSON.parse(JSON.stringify(asset)))).toEqual(asset);
  }
});
