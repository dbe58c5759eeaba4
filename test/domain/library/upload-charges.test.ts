import { expect, it } from 'vitest';
import { newAsset } from '../../../src/domain/library/asset.ts';
import type { Asset } from '../../../src/domain/library/asset.ts';
import { chargeStep } from '../../../src/domain/library/upload-charges.ts';

const ADDED = 1000;

function uploaded(...uploads: Asset['uploads']): Asset {
  const identity = {
    guildId: '1',
    library: 'jimmy/sp',
    kind: 'image',
    way: 'file',
    sha256: 'a'.repeat(64),
  } as const;
  return { ...newAsset(identity, { memberId: '2', fingerprint: 'f' }), uploads };
}

it.each([
  ['nothing was uploaded', undefined, { kind: 'release', assumed: false }],
  [
    'it was there before',
    uploaded({ name: 'a', at: 1, end: 'answered' }),
    { kind: 'release', assumed: false },
  ],
  ['it arrived', uploaded({ name: 'a', at: ADDED, end: 'answered' }), { kind: 'settle', cost: 5n }],
  [
    'it was refused',
    uploaded({ name: 'a', at: ADDED, end: 'refused' }),
    { kind: 'release', assumed: true },
  ],
  [
    'its answer was lost',
    uploaded({ name: 'a', at: ADDED, end: 'lost' }),
    { kind: 'settle', cost: 5n, assumed: true },
  ],
  [
    'a kill cut it',
    uploaded({ name: 'a', at: ADDED }),
    { kind: 'settle', cost: 5n, assumed: true },
  ],
] as const)('when %s', (_, asset, step) => {
  expect(chargeStep(asset, ADDED, 5n)).toEqual(step);
});
