import { assetSchema, idOf } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { isUnfinished } from '../../domain/tasks/unfinished.ts';
import type { Stage, Task } from '../../domain/tasks/task.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import { ASSET_PREFIX } from '../../store/library/asset-registry.ts';
import { readStore, storeOf } from './read-store.ts';
import type { SeenDeletion } from './deeds.ts';
import type { Testbed } from '../../sandbox/testbed.ts';

/**
 * Reads the bot's store while the answer to a deletion waits. A task that prepares its media may have
 * begun to use the asset after it was marked for its deletion, and uploads it anew; one that is
 * further has it.
 */
export async function watchDeletion(
  { testbed, deletions }: { readonly testbed: Testbed; readonly deletions: SeenDeletion[] },
  { path, body }: RecordedRequest,
): Promise<void> {
  const assetId = /"Id":"([^"]+)"/.exec(JSON.stringify(body) ?? '')?.[1];
  if (!path.endsWith('/DeleteAsset') || assetId === undefined) return;
  const { tasks, records } = await readStore(storeOf(testbed));
  const keys = [...records].flatMap(([key, value]) => {
    const asset = key.startsWith(ASSET_PREFIX) ? assetSchema.safeParse(value).data : undefined;
    return asset !== undefined && isGoing(asset, assetId) ? [key.slice(ASSET_PREFIX.length)] : [];
  });
  const under = [...tasks.values()].filter(
    (task) => hasItsMedia(task) && task.assets?.some((key) => keys.includes(key)) === true,
  );
  deletions.push({ assetId, under: under.map(({ id }) => id) });
}

/** Whether it is this asset that is deleted, and no newer one has taken its place. */
function isGoing(asset: Asset, assetId: string): boolean {
  const id = idOf(asset);
  return id === assetId || (id === undefined && asset.doomed.includes(assetId));
}

const BEFORE_USE: ReadonlySet<Stage['name']> = new Set(['acknowledging', 'preparing']);

function hasItsMedia(task: Task): boolean {
  return isUnfinished(task) && !BEFORE_USE.has(task.stage.name);
}
