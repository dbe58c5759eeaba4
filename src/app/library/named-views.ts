import { placeOf } from '../../domain/library/asset-place.ts';
import type { Place } from '../../domain/library/asset-place.ts';
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
  const places: Record<string, Place> = {};
  for (const { library } of asset.charges) {
    const port = libraries.get(library);
    if (port === undefined) continue;
    const key = keyIn(asset, guildId, library);
    const found = key === undefined ? undefined : await registry.get(key);
    places[library] = placeOf(found, port.fingerprint, asset.source !== undefined);
  }
  return { asset, places };
}

/** Whether nothing is left of it anywhere, so that its name may be given anew. */
export async function isGone(
  deps: NamedViewDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<boolean> {
  const { places } = await viewOf(deps, guildId, asset);
  return Object.values(places).every((place) => place === 'lost' || place === 'failed');
}
