import { isAhead } from '../recorded-times.ts';
import { idOf, unansweredUploads, unclearUpload } from './asset.ts';
import type { Asset, AssetFault, AssetState } from './asset.ts';
import { APPEARS_WITHIN_MS, STALE_AFTER_MS } from './asset-timing.ts';

/** What a library answers to an upload. Only `not-sent` and `busy` certainly brought nothing there. */
export type UploadEnd =
  | { readonly kind: 'uploaded'; readonly id: string }
  | { readonly kind: 'refused'; readonly fault: AssetFault }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'lost' };

/** What a look at an asset found. `no-answer` says nothing about the asset. */
export type Look =
  | { readonly kind: 'active' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly fault: AssetFault }
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-answer' };

/** What comes next for an asset that is needed. */
export type AssetStep =
  | { readonly do: 'upload' }
  /** The answer to an upload is not known: the list is searched for its name. */
  | { readonly do: 'find'; readonly name: string }
  | { readonly do: 'look'; readonly id: string }
  | { readonly do: 'use'; readonly id: string }
  | { readonly do: 'refuse'; readonly fault: AssetFault }
  /** Two uploads in a row were not answered: a third might add a third copy. */
  | { readonly do: 'give-up' };

/** Uploads whose answers were lost, before the asset is given up. */
const MAX_LOST = 2;

/** Decides the next step. `canFind`: the library's documents have a list that can be searched. */
export function nextStep(asset: Asset, nowMs: number, canFind: boolean): AssetStep {
  const { state } = asset;
  switch (state.name) {
    case 'submitted':
      return { do: 'look', id: state.id };
    case 'active':
      return isFresh(state.seenAt, nowMs)
        ? { do: 'use', id: state.id }
        : { do: 'look', id: state.id };
    case 'failed':
      return { do: 'refuse', fault: state.fault };
    case 'new':
    case 'lost':
    case 'deleted': {
      const unclear = unclearUpload(asset);
      if (unclear !== undefined && canFind) return { do: 'find', name: unclear };
      return unansweredUploads(asset) >= MAX_LOST ? { do: 'give-up' } : { do: 'upload' };
    }
  }
}

function isFresh(seenAt: number, nowMs: number): boolean {
  return nowMs < seenAt + STALE_AFTER_MS && !isAhead(seenAt, nowMs);
}

/** Records an upload before it is sent; `by` is who needs it. */
export function withUpload(
  asset: Asset,
  { name, by }: { readonly name: string; readonly by: string },
  atMs: number,
): Asset {
  const { state } = asset;
  // Deleted or lost, it begins anew; the ids that are still to be deleted stay.
  const isAnew = state.name !== 'new';
  const uploads = isAnew ? answeredUploads(asset) : asset.uploads;
  return { ...asset, state: { name: 'new' }, uploads: [...uploads, { name, at: atMs, by }] };
}

/** Records how the last upload ended. */
export function afterUpload(asset: Asset, answer: UploadEnd, nowMs: number): Asset {
  switch (answer.kind) {
    case 'uploaded':
      return submitted(endUpload(asset, 'answered'), answer.id, nowMs);
    case 'refused':
      return inState(endUpload(asset, 'refused'), { name: 'failed', fault: answer.fault });
    case 'not-sent':
      return { ...asset, uploads: asset.uploads.slice(0, -1) };
    case 'lost':
      return endUpload(asset, 'lost');
  }
}

/** Records what was found under the name of the last upload; `undefined` if nothing was. */
export function afterFind(asset: Asset, id: string | undefined, nowMs: number): Asset {
  return id === undefined
    ? endUpload(asset, 'absent')
    : submitted(endUpload(asset, 'answered'), id, nowMs);
}

function submitted(asset: Asset, id: string, nowMs: number): Asset {
  return inState(asset, { name: 'submitted', id, at: nowMs });
}

/** Records what a look found. The same object if it changes nothing. */
export function afterLook(asset: Asset, look: Look, nowMs: number): Asset {
  const { state } = asset;
  if (state.name !== 'submitted' && state.name !== 'active') return asset;
  const { id } = state;
  switch (look.kind) {
    case 'active':
      return inState(asset, { name: 'active', id, seenAt: nowMs });
    case 'failed':
      return inState(asset, { name: 'failed', id, fault: look.fault });
    case 'missing':
      return afterMissing(asset, state, nowMs);
    case 'pending':
    case 'no-answer':
      return asset;
  }
}

/** A new asset may appear late. One that does not is one that failed; one that was there is lost. */
function afterMissing(
  asset: Asset,
  state: Extract<AssetState, { name: 'submitted' | 'active' }>,
  nowMs: number,
): Asset {
  if (state.name === 'active') return inState(asset, { name: 'lost', why: 'gone' });
  if (isAhead(state.at, nowMs)) return inState(asset, { ...state, at: nowMs });
  if (nowMs < state.at + APPEARS_WITHIN_MS) return asset;
  const fault: AssetFault = { why: 'never-there', category: 'unknown' };
  return inState(asset, { name: 'failed', fault });
}

/** Makes the next use look at it first, because its provider did not take it. */
export function asDoubted(asset: Asset): Asset {
  const { state } = asset;
  return state.name === 'active' ? inState(asset, { ...state, seenAt: 0 }) : asset;
}

/**
 * The asset under the current key. What another key uploaded cannot be seen or deleted with this one,
 * so it is lost. The same object if the key did not change.
 */
export function underKey(asset: Asset, fingerprint: string): Asset {
  if (asset.fingerprint === fingerprint) return asset;
  const state: AssetState =
    idOf(asset) === undefined ? { name: 'new' } : { name: 'lost', why: 'key-changed' };
  return { ...asset, fingerprint, state, uploads: answeredUploads(asset), doomed: [] };
}

/** The most uploads of earlier times that are remembered. */
const MAX_EARLIER = 8;

/** What a medium that begins anew still has of before: a name may not have paid for its upload yet. */
function answeredUploads({ uploads }: Asset): Asset['uploads'] {
  return uploads.filter(({ end }) => end === 'answered').slice(-MAX_EARLIER);
}

function endUpload(asset: Asset, end: NonNullable<Asset['uploads'][number]['end']>): Asset {
  const last = asset.uploads.at(-1);
  if (last === undefined) return asset;
  return { ...asset, uploads: [...asset.uploads.slice(0, -1), { ...last, end }] };
}

function inState(asset: Asset, state: AssetState): Asset {
  return { ...asset, state };
}
