import { idOf } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { SimulatedAsset } from '../../simulators/providers/library/simulated-asset.ts';

/**
 * Whether an asset is in a review that never ends. What a name pays for is decided at the end of the
 * review, or after a day.
 */
export function isInEndlessReview(asset: Asset, assets: readonly SimulatedAsset[]): boolean {
  return (
    asset.state.name === 'submitted' &&
    assets.some(({ id, fate }) => id === idOf(asset) && fate.kind === 'stuck')
  );
}
