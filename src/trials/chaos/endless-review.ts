import { APPEARS_WITHIN_MS } from '../../domain/library/asset-timing.ts';
import { idOf } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { SimulatedAsset } from '../../simulators/providers/library/simulated-asset.ts';

/**
 * Whether an asset is in a review that does not end within the round. What a name pays for is decided
 * at the end of the review, or after a day.
 */
export function isInEndlessReview(asset: Asset, assets: readonly SimulatedAsset[]): boolean {
  const id = idOf(asset);
  const { library, state } = asset;
  return (
    state.name === 'submitted' &&
    assets.some(
      (one) => idsOf(one).includes(id) && (isEndless(one.fate, library) || mayYetAppear(one)),
    )
  );
}

/** The id that an asset has, and the one that the library gives for it instead. */
function idsOf({ id }: SimulatedAsset): (string | undefined)[] {
  return [id, `${id}-other`];
}

/** The bot waits a minute for one that is not there: its library may be slow to show it. */
function mayYetAppear({ fate: { kind }, createdMs }: SimulatedAsset): boolean {
  const isNotThere = kind === 'never-there' || kind === 'vanishes';
  return isNotThere && Date.now() - createdMs < APPEARS_WITHIN_MS;
}

function isEndless({ kind }: SimulatedAsset['fate'], library: string): boolean {
  // What is said about another asset says nothing about this one.
  if (kind === 'stuck' || kind === 'anothers') return true;
  // Its documents have no answer by which an asset is known not to be there.
  return library.startsWith('jimmy/') && (kind === 'never-there' || kind === 'vanishes');
}
