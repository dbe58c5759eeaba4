import type { AssetRegistry } from '../../app/ports/asset-registry-port.ts';
import type { PersonalDataStore } from '../../app/ports/personal-data-port.ts';
import { withoutMember } from '../../domain/library/asset-cleaning.ts';
import { isThere } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';

type Registry = Pick<AssetRegistry, 'keys' | 'get' | 'change' | 'noteForgotten'>;

/** The assets that a member attached first, with their keys. */
async function ofMember(registry: Registry, memberId: string): Promise<[string, Asset][]> {
  const found: [string, Asset][] = [];
  for (const key of await registry.keys()) {
    const asset = await registry.get(key);
    if (asset?.memberId === memberId) found.push([key, asset]);
  }
  return found;
}

/**
 * Adds the assets of a member to their data. Deleted, an asset loses its member; the cleaner deletes
 * it at its provider, if that is possible, as soon as no unfinished task uses it.
 */
export function withAssets(store: PersonalDataStore, registry: Registry): PersonalDataStore {
  return {
    async read(memberId) {
      const assets = await ofMember(registry, memberId);
      const there = assets.map(([, asset]) => asset).filter(isThere);
      return { ...(await store.read(memberId)), assets: there };
    },
    async delete(memberId) {
      const assets = await ofMember(registry, memberId);
      for (const [key] of assets) {
        await registry.change(key, (asset) => asset && withoutMember(asset));
      }
      const deleted = await store.delete(memberId);
      if (assets.length > 0) registry.noteForgotten();
      return deleted;
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
