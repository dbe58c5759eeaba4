import { afterFind, afterUpload } from '../../domain/library/asset-transitions.ts';
import { isSameContent } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock } from '../ports/core.ts';
import type { LibraryPort } from '../ports/library-port.ts';

interface ClaimIdDeps {
  readonly registry: Pick<AssetRegistry, 'byId' | 'change'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The id that a library gave for an asset, and what recording it makes of the asset. */
interface Claim {
  readonly key: string;
  readonly library: Pick<LibraryPort, 'id' | 'fingerprint'>;
  readonly id: string;
  readonly record: (asset: Asset) => Asset;
}

/**
 * Records an id. That of another content is never recorded: by it another picture would be sent, and
 * the other's asset be deleted. Resolves with the asset; `undefined` if it was forgotten meanwhile.
 */
export async function claimId(
  { registry, clock }: ClaimIdDeps,
  { key, library, id, record }: Claim,
): Promise<Asset | undefined> {
  return registry.byId({ ...ofKey(library), id }, async (holders) => {
    const isAnothers = holders.some((holder) => !isSameContent(holder, key));
    const fault = { why: 'mixed-up', category: 'unknown' } as const;
    return registry.change(key, (asset) => {
      if (asset === undefined) return undefined;
      return isAnothers
        ? afterUpload(asset, { kind: 'refused', fault }, clock.now())
        : record(asset);
    });
  });
}

/** Records what was found under the name of an upload. */
export async function recordFound(
  deps: ClaimIdDeps,
  {
    key,
    library,
    found,
  }: Pick<Claim, 'key' | 'library'> & {
    readonly found: { readonly kind: 'found'; readonly id: string } | { readonly kind: 'absent' };
  },
): Promise<void> {
  const { registry, clock } = deps;
  if (found.kind === 'absent') {
    await registry.change(key, (asset) => asset && afterFind(asset, undefined, clock.now()));
    return;
  }
  const { id } = found;
  const record = (asset: Asset): Asset => afterFind(asset, id, clock.now());
  await claimId(deps, { key, library, id, record });
}

/**
 * Deletes an id at its provider, unless an asset has it: a library may give the same id to the same
 * content again. Resolves with whether it needs no deletion any more.
 */
export async function deleteId(
  { registry }: Pick<ClaimIdDeps, 'registry'>,
  library: LibraryPort,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  return registry.byId({ ...ofKey(library), id }, async (holders) => {
    if (holders.length > 0) return true;
    return (await library.delete(id, signal)).kind === 'gone';
  });
}

function ofKey({ id: library, fingerprint }: Pick<LibraryPort, 'id' | 'fingerprint'>) {
  return { library, fingerprint };
}
