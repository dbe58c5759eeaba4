import type { NamedAsset } from '../../src/domain/library/named-asset.ts';
import { MEMBER_ID } from './a-task.ts';
import { NOON } from './clock.ts';

/** A picture that a member has named, which lies in no library yet. */
export function aNamedAsset(changes: Partial<NamedAsset> = {}): NamedAsset {
  return {
    name: 'hero',
    kind: 'image',
    way: 'file',
    memberId: MEMBER_ID,
    addedAt: NOON,
    file: { filename: 'hero.png', bytes: 1000, mimeType: 'image/png' },
    charges: [],
    ...changes,
  };
}
