import { nextStep, asDoubted, underKey } from '../../domain/library/asset-transitions.ts';
import { assetKey, newAsset } from '../../domain/library/asset.ts';
import type { AssetIdentity } from '../../domain/library/asset.ts';
import { withUse } from '../../domain/library/asset-uses.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock } from '../ports/core.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { ContentHash, Identified, TaskAssets, TaskMedium } from '../ports/task-assets-port.ts';
import type { AssetCleaner } from './asset-cleaner.ts';
import type { AssetDesk } from './asset-desk.ts';
import type { AssetSource } from './upload-asset.ts';

export interface TaskAssetsDeps {
  readonly registry: AssetRegistry;
  readonly libraries: ReadonlyMap<string, LibraryPort>;
  readonly desk: AssetDesk;
  readonly cleaner: Pick<AssetCleaner, 'release'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The hash of a medium's content; reads it in the background. */
  readonly hashOf: (task: Task, medium: TaskMedium) => Promise<ContentHash>;
  /** Where the provider of a task finds a medium. */
  readonly sourceOf: (task: Task, medium: TaskMedium) => AssetSource;
}

/** Creates the use of libraries by tasks. */
export function createTaskAssets(deps: TaskAssetsDeps): TaskAssets {
  const { registry, libraries, desk, cleaner, clock } = deps;
  return {
    isOn: (library) => libraries.has(library),
    identify: async (task, library, medium) => identify(deps, task, library, medium),
    async progress(task, library, key, { medium, isLate }) {
      const port = libraries.get(library);
      if (port === undefined) return { kind: 'unanswered' };
      const source = deps.sourceOf(task, medium);
      return desk.progress(key, port, { askerId: task.id, source, isLate });
    },
    async ids(library, keys) {
      const port = libraries.get(library);
      if (port === undefined) return undefined;
      const ids: string[] = [];
      for (const key of keys) {
        const asset = await registry.get(key);
        if (asset === undefined) return undefined;
        const next = nextStep(underKey(asset, port.fingerprint), clock.now(), port.canFind);
        if (next.do !== 'use') return undefined;
        ids.push(next.id);
      }
      return ids;
    },
    async doubt(keys) {
      for (const key of keys) await registry.change(key, (asset) => asset && asDoubted(asset));
    },
    release: (task) => cleaner.release(task),
  };
}

/** Records the use before anything is looked up: the cleaner must not delete the asset meanwhile. */
async function identify(
  { registry, libraries, hashOf }: TaskAssetsDeps,
  task: Task,
  library: string,
  medium: TaskMedium,
): Promise<Identified> {
  const port = libraries.get(library);
  if (port === undefined) return { kind: 'gone' };
  const { asset: named } = medium.medium;
  if (named !== undefined) return useNamed(registry, task, named);
  const found = await hashOf(task, medium);
  if (found.kind !== 'known') return found;
  const { guildId, memberId } = task;
  const { sha256 } = found;
  const identity: AssetIdentity = { guildId, library, kind: medium.kind, way: 'file', sha256 };
  const key = assetKey(identity);
  const { fingerprint } = port;
  await registry.change(key, (asset) => {
    const known = asset ?? newAsset(identity, { memberId, fingerprint });
    return withUse(known, { by: 'task', id: task.id });
  });
  return { kind: 'known', key };
}

/** What a prompt names has its asset already, unless its name was removed meanwhile. */
async function useNamed(registry: AssetRegistry, { id }: Task, key: string): Promise<Identified> {
  const asset = await registry.change(key, (found) => found && withUse(found, { by: 'task', id }));
  return asset === undefined ? { kind: 'gone' } : { kind: 'known', key };
}
