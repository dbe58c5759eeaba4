import { underKey } from './asset-transitions.ts';
import type { Asset } from './asset.ts';

/** Whether a named medium can be used in a library now. */
export type Place = 'usable' | 'preparing' | 'failed' | 'lost';

const PLACES = {
  new: 'preparing',
  submitted: 'preparing',
  active: 'usable',
  failed: 'failed',
  lost: 'lost',
  deleted: 'lost',
} as const satisfies Record<Asset['state']['name'], Place>;

/**
 * Where an asset stands under the current key. `isPending`: the bot still works on it; what it gave
 * up failed.
 */
export function placeOf(asset: Asset | undefined, fingerprint: string, isPending: boolean): Place {
  if (asset === undefined) return isPending ? 'preparing' : 'lost';
  const { state } = underKey(asset, fingerprint);
  return state.name === 'new' && !isPending ? 'failed' : PLACES[state.name];
}
