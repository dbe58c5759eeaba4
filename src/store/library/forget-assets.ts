import { assetsOf } from '../../app/library/erase-member.ts';
import type { AssetRegistry } from '../../app/ports/asset-registry-port.ts';
import type { PersonalDataStore } from '../../app/ports/personal-data-port.ts';
import { withoutMember } from '../../domain/library/asset-cleaning.ts';
import { isThere } from '../../domain/library/asset.ts';

type Registry = Pick<AssetRegistry, 'keys' | 'get' | 'change' | 'noteForgotten'>;

/** Adds the assets of a member to their data. */
export function withAssets(store: PersonalDataStore, registry: Registry): PersonalDataStore {
  return {
    ...store,
    async read(memberId) {
      const assets = await assetsOf(registry, memberId);
      const there = assets.map(([, asset]) => asset).filter(isThere);
      return { ...(await store.read(memberId)), assets: there };
    },
  };
}

/** Ends all uses of a guild's assets, whose tasks and settings are gone. */
export async function forgetGuildAssets(
  registry: Registry,
  guildId: string,
  nowMs: number,
): Promise<void> {
  for (const key of await registry.keys(guildId)) {
    await registry.change(
      key,
      (asset) =>
        asset && {
          ...withoutMember(asset),
          uses: { tasks: [], names: [] },
          unusedSince: asset.unusedSince ?? nowMs,
        },
    );
    registry.noteForgotten();
  }
}
