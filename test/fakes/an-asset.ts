import { newAsset } from '../../src/domain/library/asset.ts';
import type { Asset } from '../../src/domain/library/asset.ts';
import { GUILD_ID, MEMBER_ID } from './a-task.ts';

/** A new asset of a picture, which nothing uses. */
export function anAsset(changes: Partial<Asset> = {}): Asset {
  const identity = {
    guildId: GUILD_ID,
    library: 'jimmy/full',
    kind: 'image',
    way: 'file',
    sha256: 'a'.repeat(64),
  } as const;
  return { ...newAsset(identity, { memberId: MEMBER_ID, fingerprint: 'key-1' }), ...changes };
}
