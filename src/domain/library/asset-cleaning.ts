import { withoutUnknownFields } from '../stored-record.ts';
import { assetSchema, idOf, isThere, isUsed, unclearUpload } from './asset.ts';
import type { Asset } from './asset.ts';

/** What becomes of an asset that nothing uses. */
export type CleanStep =
  | { readonly do: 'keep' }
  /** Its last upload was not answered; what lies there has to be found before it can be deleted. */
  | { readonly do: 'find'; readonly name: string }
  | { readonly do: 'delete'; readonly id: string }
  /** It is to be marked for its deletion (`asDoomed`). */
  | { readonly do: 'doom' }
  /** Nothing is there any more, or nothing that could be deleted. */
  | { readonly do: 'forget' };

/** What a library can do by its documents. */
export interface LibraryTraits {
  readonly canFind: boolean;
  readonly canDelete: boolean;
}

/**
 * Decides what becomes of an asset. One that is used is kept, except what is to be deleted of it
 * anyway. `library` is `undefined` while it is off: then nothing is forgotten that may have to be
 * deleted there. `isOld`: the asset was unused for as long as the bot keeps anything.
 */
export function cleanStep(
  asset: Asset,
  library: LibraryTraits | undefined,
  isOld: boolean,
): CleanStep {
  return library === undefined ? stepWhileOff(asset, isOld) : stepWhileOn(asset, library, isOld);
}

function stepWhileOff(asset: Asset, isOld: boolean): CleanStep {
  return { do: isUsed(asset) || (mayLieThere(asset) && !isOld) ? 'keep' : 'forget' };
}

function stepWhileOn(
  asset: Asset,
  { canFind, canDelete }: LibraryTraits,
  isOld: boolean,
): CleanStep {
  const [doomed] = asset.doomed;
  if (doomed !== undefined && canDelete) return { do: 'delete', id: doomed };
  if (isUsed(asset)) return { do: 'keep' };
  const unclear = unclearUpload(asset);
  if (unclear !== undefined && canFind && canDelete) return { do: 'find', name: unclear };
  if (canDelete && idOf(asset) !== undefined) return { do: 'doom' };
  return !canDelete && isWorthKeeping(asset, isOld) ? { do: 'keep' } : { do: 'forget' };
}

/** Whether something of it may be in the library. */
function mayLieThere(asset: Asset): boolean {
  return isThere(asset) || unclearUpload(asset) !== undefined;
}

/**
 * Where nothing can be deleted, what is there is used again, and its member can see where it is: also
 * what failed its review.
 */
function isWorthKeeping(asset: Asset, isOld: boolean): boolean {
  return isThere(asset) && asset.memberId !== undefined && !isOld;
}

/**
 * Marks what is there for its deletion, before it is deleted: who begins to use the asset afterwards
 * uploads it anew. The same object if something uses it.
 */
export function asDoomed(asset: Asset): Asset {
  if (isUsed(asset)) return asset;
  const id = idOf(asset);
  const doomed = id === undefined ? asset.doomed : [...asset.doomed, id];
  return { ...asset, state: { name: 'deleted' }, uploads: [], doomed };
}

/** Records that an id was deleted at the provider, or was not there. */
export function afterDeletion(asset: Asset, id: string): Asset {
  return { ...asset, doomed: asset.doomed.filter((one) => one !== id) };
}

/** Without its member, whose data was deleted. It stays as long as something uses it. */
export function withoutMember(asset: Asset): Asset {
  const { memberId: _, ...rest } = withoutUnknownFields(assetSchema, asset);
  return rest;
}
