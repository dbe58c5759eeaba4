import type { RejectionCategory } from '../tasks/provider-rejection.ts';
import { underKey } from './asset-transitions.ts';
import type { Asset, AssetFault } from './asset.ts';

/** Whether a named medium can be used in a library now. */
type Place = 'usable' | 'preparing' | 'failed' | 'lost';

/** Where a named medium stands in a library. */
export interface Standing {
  readonly place: Place;
  /** Only of one that failed. `unread`: its file could not be read before it was uploaded. */
  readonly why?: AssetFault['why'] | 'too-slow' | 'unanswered' | 'unread';
  readonly category?: RejectionCategory;
}

/** What the bot still does for a named medium. */
interface Work {
  /** Of the API key that is used now. */
  readonly fingerprint: string;
  /** Whether it is still looked after. */
  readonly isPending: boolean;
  /** Whether its file was read. */
  readonly isRead: boolean;
}

/** Where an asset stands under the current key; what the bot gave up failed. */
export function standingOf(asset: Asset | undefined, work: Work): Standing {
  const { isPending, isRead } = work;
  if (asset === undefined) {
    if (isPending) return { place: 'preparing' };
    return isRead ? { place: 'lost' } : { place: 'failed', why: 'unread' };
  }
  const { state } = underKey(asset, work.fingerprint);
  switch (state.name) {
    case 'active':
      return { place: 'usable' };
    case 'failed':
      return { place: 'failed', why: state.fault.why, category: state.fault.category };
    case 'lost':
    case 'deleted':
      return { place: 'lost' };
    case 'submitted':
    case 'new':
      if (isPending) return { place: 'preparing' };
      return { place: 'failed', why: state.name === 'new' ? 'unanswered' : 'too-slow' };
  }
}
