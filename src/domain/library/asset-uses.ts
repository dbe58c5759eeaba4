import { isUsed } from './asset.ts';
import type { Asset, AssetUse } from './asset.ts';

/** Adds a use; the same object if it is there. */
export function withUse(asset: Asset, use: AssetUse): Asset {
  const { unusedSince: _, ...kept } = asset;
  const { tasks, names } = asset.uses;
  if (use.by === 'task') {
    if (tasks.includes(use.id)) return asset;
    return { ...kept, uses: { names, tasks: [...tasks, use.id] } };
  }
  if (names.includes(use.name)) return asset;
  return { ...kept, uses: { tasks, names: [...names, use.name] } };
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
