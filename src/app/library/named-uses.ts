import { withoutUse } from '../../domain/library/asset-uses.ts';
import { guildOfAsset } from '../../domain/library/asset.ts';
import { keyIn } from '../../domain/library/named-asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock } from '../ports/core.ts';
import type { NamedAssetStore } from '../ports/named-asset-store-port.ts';

export interface NamedUsesDeps {
  readonly registry: AssetRegistry;
  readonly store: Pick<NamedAssetStore, 'of'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Ends the uses of names that stand for something else by now, or for nothing, so that what they stood
 * for can be deleted. In one guild, or in all of which this is so: a crash may have left some.
 */
export async function endUnnamedUses(
  deps: NamedUsesDeps,
  of: string | ((guildId: string) => boolean),
): Promise<void> {
  const { registry, clock } = deps;
  for (const key of await registry.keys(typeof of === 'string' ? of : undefined)) {
    if (typeof of !== 'string' && !of(guildOfAsset(key))) continue;
    const asset = await registry.get(key);
    for (const name of asset?.uses.names ?? []) {
      if (asset === undefined || (await isNamed(deps, key, asset, name))) continue;
      await registry.change(
        key,
        (found) => found && withoutUse(found, { by: 'name', name }, clock.now()),
      );
      registry.noteForgotten();
    }
  }
}

/** Whether the name stands for this asset, or for a file that was not read yet and may be the same. */
async function isNamed(
  { store }: NamedUsesDeps,
  key: string,
  { guildId, library }: Asset,
  name: string,
): Promise<boolean> {
  const named = (await store.of(guildId)).find((one) => one.name === name);
  if (named === undefined) return false;
  const mayBe = named.sha256 === undefined && named.source !== undefined;
  return mayBe || keyIn(named, guildId, library) === key;
}
