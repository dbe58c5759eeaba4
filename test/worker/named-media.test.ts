import { expect, it } from 'vitest';
import { taskText } from '../fakes/task-texts.ts';
import { assetKey } from '../../src/domain/library/asset.ts';
import type { Asset } from '../../src/domain/library/asset.ts';
import { withUse } from '../../src/domain/library/asset-uses.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { ASSET_PREFIX } from '../../src/store/library/asset-registry.ts';
import { SETTINGS, TASK_ID, aTask, preparing } from '../fakes/a-task.ts';
import { anAsset } from '../fakes/an-asset.ts';
import { anAttachment, aRequest, media } from '../fakes/a-request.ts';
import { NOON } from '../fakes/clock.ts';
import { assetsIn, outcomeOf, sent } from '../fakes/preparing-tasks.ts';
import { scriptedLibrary } from '../fakes/scripted-library.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

/** What `hero` stands for, usable in the library of the SP routes. */
const HERO: Asset = withUse(
  anAsset({ library: 'jimmy/sp', state: { name: 'active', id: 'hero-1', seenAt: NOON } }),
  { by: 'name', name: 'hero' },
);

/** A task on SP with an attachment and a prompt that names `hero`. */
function naming(): Task {
  const named = { name: 'hero', keys: { 'jimmy/sp': assetKey(HERO) } };
  const image2 = anAttachment('image2', { url: '', named });
  const names = [{ name: 'hero', places: { 'jimmy/sp': 'usable' } }] as const;
  const request = aRequest({
    prompt: 'a {hero} in {{braces}}',
    media: { ...media(['image1']), image2 },
    names: [...names],
  });
  return aTask({ settings: SETTINGS, stage: preparing(), secrets: { request } });
}

function worldWith(asset?: Asset): WorkerWorld {
  const world = workerWorld(naming());
  world.library = scriptedLibrary({ id: 'jimmy/sp', canFind: false, canDelete: false });
  if (asset !== undefined) world.assets.byKey.set(ASSET_PREFIX + assetKey(asset), asset);
  return world;
}

function textIn(world: WorkerWorld): string {
  const task = world.tasks.byId.get(TASK_ID);
  const outcome = task?.stage.name === 'ended' ? task.stage.outcome : undefined;
  if (task === undefined || outcome === undefined) throw new Error('it has not ended');
  return taskText({ task: { ...task, secrets: naming().secrets }, outcome });
}

it('is sent by its id, without an upload, beside what was attached', async () => {
  const world = worldWith(HERO);
  await work(world);
  expect(sent(world)).toEqual([['https://cdn.test/image1?ex=1&hm=2', 'asset://hero-1']]);
  expect(world.provider.creates).toMatchObject([{ prompt: 'a @图片2 in {braces}' }]);
  expect(world.library.uploads).toEqual([]);
  expect(assetsIn(world).map(({ uses }) => uses)).toEqual([{ tasks: [], names: ['hero'] }]);
});

it('that was removed meanwhile ends the task with its name, and nothing is sent', async () => {
  const world = worldWith();
  await work(world);
  expect(outcomeOf(world)).toEqual({ kind: 'media-gone', option: 'image2' });
  expect(textIn(world)).toContain('The file `{hero}` is not available any more.');
  expect(world.provider.creates).toEqual([]);
});

it('that the provider lost ends the task with its name: the bot has no copy to upload', async () => {
  const world = worldWith({ ...HERO, state: { name: 'active', id: 'hero-1', seenAt: 0 } });
  world.library.lookAnswers.push({ kind: 'missing' });
  await work(world);
  expect(outcomeOf(world)).toEqual({ kind: 'media-gone', option: 'image2' });
  expect(world.library.uploads).toEqual([]);
  expect(assetsIn(world)).toMatchObject([{ state: { name: 'lost' }, uses: { tasks: [] } }]);
});

it('that fails a later look is named, and why', async () => {
  const world = worldWith({ ...HERO, state: { name: 'active', id: 'hero-1', seenAt: 0 } });
  const refusal = { category: 'image-moderated', message: '' } as const;
  world.library.lookAnswers.push({ kind: 'failed', refusal });
  await work(world);
  expect(outcomeOf(world)).toMatchObject({ kind: 'media-unusable', option: 'image2' });
  expect(textIn(world)).toContain("can't use `{hero}`: the file didn't pass its review");
});
