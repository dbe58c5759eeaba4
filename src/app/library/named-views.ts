import { standingOf } from '../../domain/library/asset-place.ts';
import type { Standing } from '../../domain/library/asset-place.ts';
import { keyIn } from '../../domain/library/named-asset.ts';
import type { NamedAsset } from '../../domain/library/named-asset.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { NamedView } from '../ports/named-assets-port.ts';

interface NamedViewDeps {
  readonly registry: Pick<AssetRegistry, 'get'>;
  readonly libraries: ReadonlyMap<string, Pick<LibraryPort, 'fingerprint'>>;
}

/** Where a named medium stands in the libraries that are on and that it was meant for. */
export async function viewOf(
  { registry, libraries }: NamedViewDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<NamedView> {
  const places = new Map<string, Standing>();
  for (const { library } of asset.charges) {
    const port = libraries.get(library);
    if (port === undefined) continue;
    const key = keyIn(asset, guildId, library);
    const found = key === undefined ? undefined : await registry.get(key);
    const { fingerprint } = port;
    const isPending = asset.source !== undefined;
    const isRead = asset.sha256 !== undefined;
    places.set(library, standingOf(found, { fingerprint, isPending, isRead }));
  }
  return { asset, places };
}

/**
 * Whether a name may be given anew: its upload has ended, and it is lost somewhere or usable
 * nowhere.
 */
export async function isReplaceable(
  deps: NamedViewDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<boolean> {
  if (asset.source !== undefined) return false;
  const view = await viewOf(deps, guildId, asset);
  const places = [...view.places.values()].map(({ place }) => place);
  return places.includes('lost') || !places.includes('usable');
}
