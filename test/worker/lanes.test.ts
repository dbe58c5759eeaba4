import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { laneGroup, laneLimit, laneOf } from '../../src/worker/scheduling/task-lanes.ts';
import {
  SETTINGS,
  aTask,
  anAddress,
  delivering,
  queued,
  running,
  telling,
} from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';

const ANYFAST = { route: 'anyfast/seedance-2.0-mini', durationSeconds: 5, resolution: '720p' };

/** A finished task with a message of its own, whose result is at this host. */
function finishedAt(host: string, number: number, settings: typeof SETTINGS = SETTINGS): Task {
  return aTask({
    id: String(1_300_000_000_000_001_000n + BigInt(number)),
    address: anAddress({ messageId: String(1_400_000_000_000_000_000n + BigInt(number)) }),
    settings,
    stage: delivering(),
    secrets: { ...aTask().secrets, resultUrl: `https://${host}/${number}.mp4` },
  });
}

const many = (
  count: number,
  host: string,
  from = 0,
  settings: typeof SETTINGS = SETTINGS,
): Task[] =>
  Array.from({ length: count }, (_none, index) => finishedAt(host, from + index, settings));

const at = (changes: Parameters<typeof aTask>[0], isDownloaded = false): string =>
  laneOf(aTask(changes), isDownloaded);

const limitOf = (lane: string): number => laneLimit(lane, () => 3);

describe('the lane of a task', () => {
  it('is by provider, for a download also by host', () => {
    const secrets = { ...aTask().secrets, resultUrl: 'https://Files.test:8443/a.mp4' };
    expect(at({ stage: queued() })).toBe('create:jimmy');
    expect(at({ stage: running(), settings: ANYFAST })).toBe('poll:anyfast');
    expect(at({ stage: delivering(), secrets })).toBe('download:jimmy:files.test:8443');
    expect(at({ stage: delivering(), secrets, settings: ANYFAST })).toBe(
      'download:anyfast:files.test:8443',
    );
    expect(at({ stage: delivering(), secrets: { ...secrets, resultUrl: 'no URL' } })).toBe(
      'download:jimmy:',
    );
    expect(at({ stage: delivering(), secrets }, true)).toBe('upload');
    expect(at({ stage: delivering({ asLink: true }), secrets })).toBe('notify');
    expect(at({ stage: delivering() })).toBe('notify');
    expect(at({ stage: telling({ kind: 'cancelled' }) })).toBe('notify');
  });

  it('has a limit, and downloads of one provider have one together', () => {
    expect(['create:a', 'poll:a', 'download:a:h', 'upload', 'notify'].map(limitOf)).toEqual([
      3, 16, 8, 8, 8,
    ]);
    expect(laneGroup('download:a:h:8443')).toEqual({ name: 'download:a', limit: 32 });
    expect(['create:a', 'poll:a', 'upload', 'notify'].map(laneGroup)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

/** The ends of tasks, in order. */
const ended = (world: ReturnType<typeof workerWorld>, tasks: readonly Task[]): number =>
  tasks.filter(({ id }) => world.tasks.byId.get(id)?.stage.name === 'ended').length;

describe('results whose host sends nothing', () => {
  it('hold up no other provider and no other host', async () => {
    const silent = many(40, 'silent.test', 0, ANYFAST);
    const [sameHost, otherHost] = [
      many(3, 'silent-too.test', 100),
      many(20, 'files.test', 200, ANYFAST),
    ];
    const others = many(20, 'silent.test', 300).map((task) => ({
      ...task,
      secrets: { ...task.secrets, resultUrl: `https://other.test/${task.id}.mp4` },
    }));
    const world = workerWorld(...silent, ...sameHost, ...otherHost, ...others);
    world.video.silentHosts.add('silent.test').add('silent-too.test');
    await work(world);
    expect(ended(world, otherHost)).toBe(20);
    expect(ended(world, others)).toBe(20);
    expect(ended(world, [...silent, ...sameHost])).toBe(0);
    const atHost = world.video.fetched.filter((url) => url.startsWith('https://silent.test/'));
    expect(atHost).toHaveLength(8);
  });

  it('of many hosts use up no more than the room of their provider', async () => {
    const silent = Array.from({ length: 50 }, (_none, index) =>
      finishedAt(`h${index}.test`, index, ANYFAST),
    );
    const others = many(3, 'files.test', 100);
    const world = workerWorld(...silent, ...others);
    for (const { secrets } of silent) {
      world.video.silentHosts.add(new URL(secrets.resultUrl ?? '').host);
    }
    await work(world);
    expect(world.video.fetched).toHaveLength(32 + 3);
    expect(ended(world, others)).toBe(3);
  });

  it('hold up no upload: not after a restart, and not a second try', async () => {
    const complete = finishedAt('silent.test', 99);
    // The commit that says so was lost with the earlier process.
    const unwritten = { ...finishedAt('silent.test', 98), stage: running() };
    const world = workerWorld(...many(9, 'silent.test'), complete, unwritten);
    world.video.silentHosts.add('silent.test');
    world.video.files.add(complete.id).add(unwritten.id);
    world.channel.scripted.editByToken.push({ kind: 'try-again', detail: '500' });
    await work(world);
    expect(ended(world, [complete, unwritten])).toBe(2);
    expect(world.channel.calls.filter((call) => call.includes('delivered'))).toHaveLength(3);
    expect(world.video.fetched).toHaveLength(8);
  });
});

describe('a file that is gone before its upload', () => {
  it('is downloaded again', async () => {
    const task = finishedAt('files.test', 1);
    const world = workerWorld(task);
    world.channel.scripted.editByToken.push({ kind: 'try-again', detail: '500' });
    await work(world, {
      guard: async (name, effect) => {
        const result = await effect();
        if (name === 'discord.editByToken') world.video.files.clear();
        return result;
      },
    });
    expect(world.video.fetched).toHaveLength(2);
    expect(ended(world, [task])).toBe(1);
  });
});

describe('a step that throws', () => {
  it('is tried again in its own lane, not among the notifications', async () => {
    const silent = many(9, 'silent.test', 0, ANYFAST);
    const told = aTask({ id: '1300000000000009999', stage: telling({ kind: 'cancelled' }) });
    const world = workerWorld(...silent, told);
    world.video.silentHosts.add('silent.test');
    let throws = 0;
    await work(world, {
      maxTimers: 40,
      guard: async (name, effect) => {
        // The first eight downloads break, and hang when they are tried again.
        if (name === 'video.fetch' && throws < 8) {
          throws += 1;
          throw new Error('broken');
        }
        return effect();
      },
    });
    await settle();
    expect(ended(world, [told])).toBe(1);
    // Eight fill their lane. Tried again elsewhere, the ninth would have found room.
    expect(world.video.fetched.filter((url) => url.includes('silent.test'))).toHaveLength(8);
  });
});
