import { describe, expect, it } from 'vitest';
import { newAsset } from '../../../src/domain/library/asset.ts';
import type { Asset } from '../../../src/domain/library/asset.ts';
import { afterLook, underKey, withUpload } from '../../../src/domain/library/asset-transitions.ts';
import { chargeAtEnd, chargeSoFar } from '../../../src/domain/library/upload-charges.ts';

const HERO = { askerId: '1:hero:1000', quoted: 5n };
const KEY = 'key-1';

type End = Asset['uploads'][number]['end'];

/** An asset with one upload, by `hero` unless something else is said. */
function uploaded(end: End, by: string | undefined = HERO.askerId): Asset {
  const identity = {
    guildId: '1',
    library: 'jimmy/sp',
    kind: 'image',
    way: 'file',
    sha256: 'a'.repeat(64),
  } as const;
  const upload = { name: 'a', at: 1, ...(end && { end }), ...(by && { by }) };
  return { ...newAsset(identity, { memberId: '2', fingerprint: KEY }), uploads: [upload] };
}

/** It was there once. */
function gone(): Asset {
  const active = { name: 'active', id: 'a-1', seenAt: 1 } as const;
  return afterLook({ ...uploaded('answered'), state: active }, { kind: 'missing' }, 2);
}

const TAKEN = { kind: 'settle', cost: 5n };
const ASSUMED = { ...TAKEN, assumed: true };
const FREE = { kind: 'release', assumed: false };
const FREE_ASSUMED = { kind: 'release', assumed: true };

describe('the cost of an upload at its end', () => {
  it.each([
    ['nothing was uploaded', undefined, FREE],
    ['a task uploaded it', uploaded('answered', '1300000000000000001'), FREE],
    ['another name uploaded it', uploaded('answered', '1:villain:1000'), FREE],
    ['an earlier version uploaded it', uploaded('answered', ''), FREE],
    ['it arrived', uploaded('answered'), TAKEN],
    ['it was refused', uploaded('refused'), FREE_ASSUMED],
    ['the list does not have it', uploaded('absent'), FREE_ASSUMED],
    ['its answer was lost', uploaded('lost'), ASSUMED],
    ['a kill cut it', uploaded(undefined), ASSUMED],
  ])('when %s', (_, asset, step) => {
    expect(chargeAtEnd(asset, HERO)).toEqual(step);
  });

  it.each([
    ['a task uploads it anew', withUpload(gone(), { name: 'b', by: '13' }, 3)],
    ['the API key changes', underKey(gone(), 'key-2')],
  ])('when it arrived, and after it has vanished %s', (_, asset) => {
    expect(chargeAtEnd(asset, HERO)).toEqual(TAKEN);
  });

  it('is not known without a price', () => {
    const step = chargeAtEnd(uploaded('answered'), { ...HERO, quoted: undefined });
    expect(step).toEqual({ kind: 'settle' });
  });
});

describe('the cost of an upload so far', () => {
  it.each([
    ['nothing was uploaded', undefined, undefined],
    ['it arrived', uploaded('answered'), TAKEN],
    ['it was refused', uploaded('refused'), undefined],
    ['its answer was lost', uploaded('lost'), undefined],
    ['it is on its way', uploaded(undefined), undefined],
  ])('when %s', (_, asset, step) => {
    expect(chargeSoFar(asset, KEY, HERO)).toEqual(step);
  });

  it.each([
    ['nothing was uploaded', { ...uploaded('answered'), uploads: [] }, undefined],
    ['it arrived', uploaded('answered'), TAKEN],
    ['it was refused', uploaded('refused'), FREE_ASSUMED],
    ['its answer was lost', uploaded('lost'), ASSUMED],
    ['it was on its way', uploaded(undefined), ASSUMED],
  ])('under another API key, when %s', (_, asset, step) => {
    expect(chargeSoFar(asset, 'key-2', HERO)).toEqual(step);
  });
});
