import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import { assetKey, assetSchema } from '../../src/domain/library/asset.ts';
import type { Asset } from '../../src/domain/library/asset.ts';
import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import { ASSET_PREFIX } from '../../src/store/library/asset-registry.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { MEMBER_ID, TASK_ID, aTask } from '../fakes/a-task.ts';
import { anAsset } from '../fakes/an-asset.ts';
import { aRequest, media } from '../fakes/a-request.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { assetsIn, outcomeOf, sent, toPrepare } from '../fakes/preparing-tasks.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const MINUTE = 60_000;
const OTHER_ID = taskIdSchema.parse('1300000000000001002');

describe('a task whose media go into a library', () => {
  it('is sent with the ids of its media, once they are usable', async () => {
    const world = workerWorld(toPrepare({}, ['image1', 'image2', 'audio1']));
    world.library.lookAnswers.push({ kind: 'pending' });
    await work(world);
    expect(world.library.uploads.map(({ kind, url }) => [kind, url])).toEqual([
      ['image', 'https://cdn.test/image1?ex=1&hm=2'],
      ['image', 'https://cdn.test/image2?ex=1&hm=2'],
      ['audio', 'https://cdn.test/audio1?ex=1&hm=2'],
    ]);
    expect(sent(world)).toEqual([['asset://a-1', 'asset://a-2', 'asset://a-3']]);
    expect(outcomeOf(world)).toMatchObject({ kind: 'delivered' });
  });

  it('deletes them at the provider afterwards, and forgets them', async () => {
    const world = workerWorld(toPrepare());
    await work(world);
    expect(world.library.deletions).toEqual(['a-1']);
    expect(assetsIn(world)).toEqual([]);
  });

  it('leaves them for the next one where no deletion is documented', async () => {
    const world = workerWorld(toPrepare());
    Object.assign(world.library.port, { canDelete: false, canFind: false });
    await work(world);
    expect(assetsIn(world)).toMatchObject([{ state: { name: 'active' }, memberId: MEMBER_ID }]);
    world.tasks.byId.set(OTHER_ID, toPrepare({ id: OTHER_ID }));
    await work(world);
    expect(sent(world)).toEqual([['asset://a-1'], ['asset://a-1']]);
    expect(world.library.uploads).toHaveLength(1);
  });

  it('gives the bot’s own copy to the provider first', async () => {
    const kept = { taskId: TASK_ID, option: 'image1', sha256: 'b'.repeat(64) } as const;
    const request = aRequest({ media: media(['image1'], { kept, url: '' }) });
    const world = workerWorld(toPrepare({ secrets: { request } }));
    await work(world);
    expect(world.library.uploads[0]?.url).toBe(`https://copies.test/${'b'.repeat(64)}`);
    expect(outcomeOf(world)).toMatchObject({ kind: 'delivered' });
  });

  it('uploads the same content once, in one task and in two', async () => {
    const same = media(['image1', 'image2'], { url: 'https://cdn.test/same' });
    const secrets = { request: aRequest({ media: same }) };
    const world = workerWorld(toPrepare({ secrets }), toPrepare({ id: OTHER_ID, secrets }));
    await work(world);
    expect(world.library.uploads).toHaveLength(1);
    expect(sent(world)).toEqual([
      ['asset://a-1', 'asset://a-1'],
      ['asset://a-1', 'asset://a-1'],
    ]);
    expect(world.library.deletions).toEqual(['a-1']);
  });

  it('keeps what another task uses when it ends', async () => {
    const secrets = { request: aRequest({ media: media(['image1']) }) };
    const world = workerWorld(toPrepare({ secrets }), toPrepare({ id: OTHER_ID, secrets }));
    world.provider.queryAnswers.push({ kind: 'finished', resultUrl: 'https://results.test/1.mp4' });
    for (let polls = 0; polls < 5; polls += 1) {
      world.provider.queryAnswers.push({ kind: 'pending' });
    }
    const { deps, library } = processIn(world);
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    const over = () => [...world.tasks.byId.values()].filter(({ stage }) => stage.name === 'ended');
    while (over().length === 0) await world.clock.advanceToNextTimer();
    await library.cleaner.settled();
    expect(world.library.deletions).toEqual([]);
    expect(assetsIn(world)).toMatchObject([{ uses: { tasks: [expect.any(String)] } }]);
    while (over().length === 1) await world.clock.advanceToNextTimer();
    await library.cleaner.settled();
    expect(world.library.deletions).toEqual(['a-1']);
    await worker.stop();
  });
});

describe('a medium that cannot be used', () => {
  const REFUSAL = { category: 'image-moderated', message: 'no', code: 'X.Y' } as const;
  it.each<[what: string, change: (world: WorkerWorld) => void, outcome: object]>([
    [
      'whose upload is refused',
      ({ library }) => library.uploadAnswers.push({ kind: 'refused', refusal: REFUSAL }),
      { why: 'refused', category: 'image-moderated', code: 'X.Y' },
    ],
    [
      'that fails its review',
      ({ library }) => library.lookAnswers.push({ kind: 'failed', refusal: REFUSAL }),
      { why: 'failed', category: 'image-moderated' },
    ],
    [
      'that never appears',
      ({ library }) => {
        for (let looks = 0; looks < 20; looks += 1) library.lookAnswers.push({ kind: 'missing' });
      },
      { why: 'never-there' },
    ],
    [
      'that stays in review',
      ({ library }) => {
        for (let looks = 0; looks < 200; looks += 1) library.lookAnswers.push({ kind: 'pending' });
      },
      { why: 'too-slow' },
    ],
    [
      'about which the library never answers',
      ({ library }) => {
        const answer = { kind: 'no-answer', detail: 'no status of this asset' } as const;
        for (let looks = 0; looks < 200; looks += 1) library.lookAnswers.push(answer);
      },
      { why: 'too-slow' },
    ],
    [
      'whose uploads are never answered',
      ({ library }) => {
        Object.assign(library.port, { canFind: false });
        for (let times = 0; times < 5; times += 1) {
          library.uploadAnswers.push({ kind: 'lost', detail: 'cut' });
        }
      },
      { why: 'unanswered' },
    ],
    [
      'in a full library',
      ({ library }) => {
        for (let times = 0; times < 200; times += 1) {
          library.uploadAnswers.push({ kind: 'busy', detail: 'HTTP 429' });
        }
      },
      { why: 'too-slow' },
    ],
  ])('%s is told, and nothing is charged', async (_what, change, outcome) => {
    const world = workerWorld(toPrepare({}, ['image3']));
    change(world);
    await work(world);
    expect(outcomeOf(world)).toMatchObject({
      kind: 'media-unusable',
      option: 'image3',
      ...outcome,
    });
    expect(world.tasks.byId.get(TASK_ID)?.money).toEqual({ state: 'released', assumed: false });
    expect(world.provider.creates).toEqual([]);
    expect(world.clock.now() - NOON).toBeLessThan(12 * MINUTE);
  });

  it('that is not there any more ends the task', async () => {
    const gone = media(['image1'], { url: 'https://cdn.test/gone' });
    const world = workerWorld(toPrepare({ secrets: { request: aRequest({ media: gone }) } }));
    await work(world);
    expect(outcomeOf(world)).toMatchObject({ kind: 'media-gone' });
  });

  it('pauses a provider that rejects the account', async () => {
    const world = workerWorld(toPrepare());
    const refusal = { category: 'unauthorized', message: '' } as const;
    world.library.uploadAnswers.push({ kind: 'refused', refusal });
    await work(world);
    expect(world.notified).toContain('paused jimmy unauthorized');
  });
});

describe('an upload whose answer was lost', () => {
  it('is looked for by its name', async () => {
    const world = workerWorld(toPrepare());
    world.library.uploadAnswers.push({ kind: 'lost', detail: 'cut' });
    await work(world);
    expect(world.library.uploads).toHaveLength(1);
    expect(sent(world)).toEqual([['asset://a-1']]);
  });

  it('is made once more where no list is documented', async () => {
    const world = workerWorld(toPrepare());
    Object.assign(world.library.port, { canFind: false, canDelete: false });
    world.library.uploadAnswers.push({ kind: 'lost', detail: 'cut' });
    await work(world);
    expect(sent(world)).toEqual([['asset://a-2']]);
    expect(assetsIn(world)).toMatchObject([
      {
        uploads: [
          { name: 'n-1', end: 'lost' },
          { name: 'n-2', end: 'answered' },
        ],
      },
    ]);
  });
});

describe('a library that mixes up its media', () => {
  it('is refused where it answers with the id of another content, whose asset stays', async () => {
    const world = workerWorld(toPrepare());
    Object.assign(world.library.port, { canDelete: false });
    await work(world);
    world.tasks.byId.set(OTHER_ID, toPrepare({ id: OTHER_ID }, ['image2']));
    world.library.uploadAnswers.push({ kind: 'uploaded', id: 'a-1' });
    Object.assign(world.library.port, { canDelete: true });
    await work(world);
    expect(outcomeOf(world, OTHER_ID)).toMatchObject({
      kind: 'media-unusable',
      option: 'image2',
      why: 'mixed-up',
    });
    expect(world.tasks.byId.get(OTHER_ID)?.money).toMatchObject({ state: 'released' });
    expect(sent(world)).toEqual([['asset://a-1']]);
    expect(world.library.deletions).toEqual([]);
    expect(assetsIn(world)).toMatchObject([{ state: { name: 'active', id: 'a-1' } }]);
  });

  it('is refused where both are in one task', async () => {
    const world = workerWorld(toPrepare({}, ['image1', 'image2']));
    world.library.uploadAnswers.push(
      { kind: 'uploaded', id: 'a-1' },
      { kind: 'uploaded', id: 'a-1' },
    );
    await work(world);
    expect(outcomeOf(world)).toMatchObject({ kind: 'media-unusable', why: 'mixed-up' });
    expect(world.provider.creates).toEqual([]);
    expect(world.library.deletions).toEqual(['a-1']);
  });

  it('is refused where a search finds another one', async () => {
    const world = workerWorld(toPrepare({}, ['image1', 'image2']));
    world.library.uploadAnswers.push(
      { kind: 'uploaded', id: 'a-1' },
      { kind: 'lost', detail: 'cut' },
    );
    world.library.findAnswers.push({ kind: 'found', id: 'a-1' });
    await work(world);
    expect(outcomeOf(world)).toMatchObject({ kind: 'media-unusable', why: 'mixed-up' });
    expect(world.library.deletions).toEqual(['a-1']);
  });

  it('may give the same id to the same content of another server, and is deleted once', async () => {
    const same = { request: aRequest({ media: media(['image1']) }) };
    const elsewhere = toPrepare({ id: OTHER_ID, guildId: '1300000000000000011', secrets: same });
    const world = workerWorld(toPrepare({ secrets: same }), elsewhere);
    world.library.uploadAnswers.push(
      { kind: 'uploaded', id: 'a-1' },
      { kind: 'uploaded', id: 'a-1' },
    );
    await work(world);
    expect(sent(world)).toEqual([['asset://a-1'], ['asset://a-1']]);
    expect(world.library.deletions).toEqual(['a-1']);
    expect([...world.assets.byKey.keys()]).toEqual([]);
  });

  it('that gives an id again that was to be deleted keeps it', async () => {
    const world = workerWorld(toPrepare());
    const { library } = processIn(world);
    const asset = anAsset({
      state: { name: 'active', id: 'a-1', seenAt: NOON },
      doomed: ['a-1', 'a-0'],
      uses: { tasks: [TASK_ID], names: [] },
    });
    await library.registry.change(assetKey(asset), () => asset);
    await library.cleaner.sweep(new AbortController().signal);
    expect(world.library.deletions).toEqual(['a-0']);
    expect(assetsIn(world)).toMatchObject([{ state: { id: 'a-1' }, doomed: [] }]);
  });
});

/** A second task, after a first one whose asset stayed in the library. */
async function withAsset(change: (asset: Asset) => Asset): Promise<WorkerWorld> {
  const world = workerWorld(toPrepare());
  Object.assign(world.library.port, { canDelete: false });
  await work(world);
  for (const [key, value] of world.assets.byKey) {
    if (!key.startsWith(ASSET_PREFIX)) continue;
    world.assets.byKey.set(key, change(assetSchema.parse(value)));
  }
  world.tasks.byId.set(OTHER_ID, toPrepare({ id: OTHER_ID }));
  return world;
}

describe('an asset of an earlier task', () => {
  it('that is gone is uploaded anew', async () => {
    const world = await withAsset((asset) => ({
      ...asset,
      state: { name: 'active', id: 'a-1', seenAt: NOON - 86_400_000 },
    }));
    world.library.there.clear();
    await work(world);
    expect(sent(world)).toEqual([['asset://a-1'], ['asset://a-2']]);
  });

  it('of another key is uploaded anew', async () => {
    const world = await withAsset((asset) => asset);
    Object.assign(world.library.port, { fingerprint: 'key-2' });
    await work(world);
    expect(sent(world)).toEqual([['asset://a-1'], ['asset://a-2']]);
    expect(assetsIn(world)).toMatchObject([{ fingerprint: 'key-2' }]);
  });

  it('that the provider did not take is looked at before it is used again', async () => {
    const world = await withAsset((asset) => asset);
    const refusal = { category: 'unknown', message: 'not found' } as const;
    world.provider.createAnswers.push({ kind: 'refused', refusal });
    await work(world);
    expect(outcomeOf(world, OTHER_ID)).toMatchObject({ kind: 'refused' });
    expect(assetsIn(world)).toMatchObject([{ state: { name: 'active', seenAt: 0 } }]);
  });
});

describe('a create that finds its media not usable yet', () => {
  const REFUSAL = { category: 'media-unreadable', message: 'asset not found' } as const;
  const UNREADY = { kind: 'assets-unready', refusal: REFUSAL } as const;

  it('is sent again for the same task, after its media were looked at', async () => {
    const world = workerWorld(toPrepare());
    world.provider.createAnswers.push(UNREADY, UNREADY);
    const at: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') at.push(world.clock.now());
        return effect();
      },
    });
    expect(sent(world)).toEqual([['asset://a-1'], ['asset://a-1'], ['asset://a-1']]);
    const waits = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(8000);
    for (const wait of waits) expect(wait).toBeLessThan(12_000);
    expect(world.library.looks).toHaveLength(3);
    expect(world.library.uploads).toHaveLength(1);
    expect(outcomeOf(world)).toMatchObject({ kind: 'delivered' });
    expect(world.tasks.byId.get(TASK_ID)?.attempts.map(({ outcome }) => outcome)).toEqual([
      'assets-unready',
      'assets-unready',
      'created',
    ]);
    expect(world.attempts.attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('is given up after eight, and nothing is charged', async () => {
    const world = workerWorld(toPrepare());
    for (let times = 0; times < 20; times += 1) world.provider.createAnswers.push(UNREADY);
    await work(world);
    expect(world.provider.creates).toHaveLength(8);
    expect(outcomeOf(world)).toMatchObject({ kind: 'refused', refusal: REFUSAL });
    expect(world.tasks.byId.get(TASK_ID)?.money).toEqual({ state: 'released', assumed: false });
    expect(assetsIn(world)).toEqual([]);
  });

  it('uploads anew what is not there any more', async () => {
    const world = workerWorld(toPrepare());
    world.provider.createAnswers.push(UNREADY);
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create' && sent(world).length === 0) world.library.there.clear();
        return effect();
      },
    });
    expect(sent(world)).toEqual([['asset://a-1'], ['asset://a-2']]);
    expect(outcomeOf(world)).toMatchObject({ kind: 'delivered' });
  });

  it('is never sent again after an answer that may mean that it was accepted', async () => {
    const world = workerWorld(toPrepare());
    world.provider.createAnswers.push(UNREADY, { kind: 'unknown', detail: 'cut' });
    await work(world);
    expect(world.provider.creates).toHaveLength(2);
    expect(outcomeOf(world)).toMatchObject({ kind: 'outcome-unknown' });
  });
});

/** A promise that the test resolves. */
function aGate() {
  const opening: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => void opening.push(resolve));
  return { opened, open: () => opening[0]?.() };
}

describe('cancelling', () => {
  const { guildId, address } = aTask();
  const CALLER = {
    memberId: MEMBER_ID,
    guildId,
    channelId: address.channelId,
    managesMessages: false,
  };

  it('works while an upload is under way, whose medium is deleted afterwards', async () => {
    const world = workerWorld(toPrepare());
    const gate = aGate();
    world.library.gate = gate.opened;
    const { deps, library } = processIn(world);
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await settle();
    await world.clock.advance(1000);
    expect(world.library.uploads).toHaveLength(1);
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('cancelled');
    await settle();
    expect(outcomeOf(world)).toEqual({ kind: 'cancelled' });
    gate.open();
    await library.desk.settled();
    await library.cleaner.sweep(new AbortController().signal);
    expect(world.library.deletions).toEqual(['a-1']);
    expect(assetsIn(world)).toEqual([]);
    expect(world.provider.creates).toEqual([]);
    await worker.stop();
  });

  it('works while a step of it is being written', async () => {
    const world = workerWorld(toPrepare());
    const gate = aGate();
    const writing = aGate();
    const { deps, library } = processIn(world, async (name, effect) => {
      if (name === 'store.save') {
        writing.open();
        await gate.opened;
      }
      return effect();
    });
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await writing.opened;
    const cancelled = worker.cancel(TASK_ID, CALLER);
    gate.open();
    await expect(cancelled).resolves.toBe('cancelled');
    await settle();
    await library.cleaner.settled();
    expect(outcomeOf(world)).toEqual({ kind: 'cancelled' });
    expect(world.provider.creates).toEqual([]);
    await worker.stop();
  });

  it('works between two creates', async () => {
    const world = workerWorld(toPrepare());
    const refusal = { category: 'media-unreadable', message: '' } as const;
    for (let times = 0; times < 20; times += 1) {
      world.provider.createAnswers.push({ kind: 'assets-unready', refusal });
    }
    const { deps, library } = processIn(world);
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    while (world.provider.creates.length < 2) await world.clock.advanceToNextTimer();
    await settle();
    expect(outcomeOf(world)).toBe('preparing');
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('cancelled');
    for (let timers = 0; timers < 20; timers += 1) await world.clock.advanceToNextTimer();
    await library.cleaner.settled();
    expect(world.provider.creates).toHaveLength(2);
    expect(outcomeOf(world)).toEqual({ kind: 'cancelled' });
    expect(world.library.deletions).toEqual(['a-1']);
    await worker.stop();
  });
});

it('a task that waits for a slow library holds up no other', async () => {
  const world = workerWorld(toPrepare(), aTask({ id: OTHER_ID }));
  world.library.gate = new Promise(() => undefined);
  const { deps } = processIn(world);
  const worker = createWorker(deps);
  await worker.resume(ALL_SLOTS);
  await settle();
  for (let timers = 0; timers < 50; timers += 1) await world.clock.advanceToNextTimer();
  expect(outcomeOf(world, OTHER_ID)).toMatchObject({ kind: 'delivered' });
  expect(outcomeOf(world)).toBe('preparing');
});
