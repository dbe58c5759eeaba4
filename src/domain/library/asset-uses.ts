import { idOf, isUsed } from './asset.ts';
import type { Asset, AssetUse } from './asset.ts';

/** Adds a use; the same object if it is there. What failed before its first use begins anew. */
export function withUse(asset: Asset, use: AssetUse): Asset {
  const { unusedSince: _, ...kept } = isUsed(asset) ? asset : withoutFailure(asset);
  const { tasks, names } = asset.uses;
  if (use.by === 'task') {
    if (tasks.includes(use.id)) return asset;
    return { ...kept, uses: { names, tasks: [...tasks, use.id] } };
  }
  if (names.includes(use.name)) return asset;
  return { ...kept, uses: { tasks, names: [...names, use.name] } };
}

/** The provider may take at another time what it refused; the refused copy still lies there. */
function withoutFailure(asset: Asset): Asset {
  if (asset.state.name !== 'failed') return asset;
  const id = idOf(asset);
  const doomed = id === undefined ? asset.doomed : [...asset.doomed, id];
  return { ...asset, state: { name: 'new' }, uploads: [], doomed };
}

/** Removes a use; the same object if it is not there. */
export function withoutUse(asset: Asset, use: AssetUse, nowMs: number): Asset {
  const { tasks, names } = asset.uses;
  const uses =
    use.by === 'task'
      ? { names, tasks: tasks.filter((id) => id !== use.id) }
      : { tasks, names: names.filter((name) => name !== use.name) };
  if (uses.tasks.length === tasks.length && uses.names.length === names.length) return asset;
  const left = { ...asset, uses };
  return isUsed(left) ? left : { ...left, unusedSince: nowMs };
}
