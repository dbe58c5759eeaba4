import { assetSchema } from '../../src/domain/library/asset.ts';
import type { Asset } from '../../src/domain/library/asset.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { ASSET_PREFIX } from '../../src/store/library/asset-registry.ts';
import { LIBRARY_SETTINGS, TASK_ID, aTask, preparing } from './a-task.ts';
import { aRequest, media } from './a-request.ts';
import type { WorkerWorld } from './worker-world.ts';

/** A task whose media go into a library. */
export const toPrepare = (changes: Parameters<typeof aTask>[0] = {}, options = ['image1']): Task =>
  aTask({
    settings: LIBRARY_SETTINGS,
    stage: preparing(),
    secrets: { request: aRequest({ media: media(options) }), interactionToken: 'token' },
    ...changes,
  });

/** How a task ended, or the name of its stage. */
export function outcomeOf(world: WorkerWorld, id: string = TASK_ID): unknown {
  const stage = world.tasks.byId.get(id)?.stage;
  return stage?.name === 'ended' ? stage.outcome : stage?.name;
}

export function assetsIn(world: WorkerWorld): Asset[] {
  return [...world.assets.byKey]
    .filter(([key]) => key.startsWith(ASSET_PREFIX))
    .map(([, value]) => assetSchema.parse(value));
}

/** The addresses of the media of each create. */
export const sent = (world: WorkerWorld): unknown[] =>
  world.provider.creates.map(({ media: all }) => all.map(({ url }) => url));
