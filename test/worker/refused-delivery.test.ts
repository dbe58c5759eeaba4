import { describe, expect, it } from 'vitest';
import type { MessageResult } from '../../src/app/ports/message-port.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { MESSAGE_ID, RESULT_URL, TASK_ID, aTask, anAddress, delivering } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const HOUR = 3_600_000;
const FILE = 'clapper-seedance2-0-sp-000001.mp4';

const finished = (changes: Partial<Task> = {}): Task =>
  aTask({
    stage: delivering(),
    secrets: { ...aTask().secrets, resultUrl: RESULT_URL },
    ...changes,
  });

const callsAt = (world: WorkerWorld): string[] =>
  world.channel.calls.map((call) => call.replace('editByToken @original ', ''));

function endOf(world: WorkerWorld): unknown {
  const stage = world.tasks.byId.get(TASK_ID)?.stage;
  return stage?.name === 'ended' ? { ...stage.outcome, notified: stage.notified } : stage;
}

const refusals = (times: number): MessageResult[] =>
  Array.from({ length: times }, () => ({ kind: 'try-again', detail: '40999', isRefusal: true }));

const editsOf = (world: WorkerWorld): string[] =>
  world.channel.calls.filter((call) => call.startsWith(`editInChannel ${MESSAGE_ID}`));

const rejected = (why: 'filtered' | 'explicit' | 'unknown'): MessageResult => ({
  kind: 'rejected',
  why,
  detail: why,
});
const linked = (why: string): object => ({
  kind: 'delivered',
  how: 'link',
  until: NOON + 72 * HOUR,
  why,
  notified: true,
});

describe('a finished video that Discord refuses for its content', () => {
  const [WHOLE, PLAIN] = [`delivered-attachment ${FILE}`, `delivered-attachment plain ${FILE}`];

  it('goes without the prompt', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(rejected('filtered'));
    await work(world);
    expect(callsAt(world)).toEqual([WHOLE, PLAIN]);
    expect(endOf(world)).toMatchObject({ how: 'attachment' });
  });

  it('by a filter, even without the prompt, goes in a new message without it', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(rejected('filtered'), rejected('filtered'));
    await work(world);
    const repost = world.channel.messages[1]?.id;
    expect(callsAt(world)).toEqual([
      WHOLE,
      PLAIN,
      'post new delivering plain',
      `editInChannel ${repost} ${PLAIN}`,
    ]);
    expect(endOf(world)).toMatchObject({ how: 'attachment' });
  });

  it.each<[string, Partial<Task>]>([
    ['in a new message too', { address: anAddress({ deliveryPath: 'repost' }) }],
    ['in a restored store, which posts none,', { restored: true }],
  ])('by a filter %s goes as its link, saying so', async (_what, changes) => {
    const world = workerWorld(finished(changes));
    const { editByToken, editInChannel } = world.channel.scripted;
    for (const path of [editByToken, editInChannel]) {
      path.push(rejected('filtered'), rejected('filtered'));
    }
    await work(world);
    expect(endOf(world)).toEqual(linked('filtered'));
  });

  it('as explicit goes as its link at once, saying so', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(rejected('explicit'));
    await work(world);
    expect(callsAt(world)).toEqual([WHOLE, 'delivered-link']);
    expect(endOf(world)).toEqual(linked('explicit'));
  });

  it('by a code that does not say goes without the prompt, then as its link', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(rejected('unknown'), rejected('unknown'));
    await work(world);
    expect(callsAt(world)).toEqual([WHOLE, PLAIN, 'delivered-link']);
    expect(endOf(world)).toEqual(linked('refused'));
  });
});

describe('a message that Discord refuses by a code that may never change', () => {
  const inChannel = finished({ address: anAddress({ deliveryPath: 'channel' }) });

  it('is tried five times with growing waits, then a new message carries the video', async () => {
    const world = workerWorld(inChannel);
    world.channel.scripted.editInChannel.push(...refusals(5));
    await work(world);
    const repost = world.channel.messages[1]?.id;
    expect(editsOf(world)).toHaveLength(5);
    expect(world.channel.calls.slice(5)).toEqual([
      'post new delivering',
      `editInChannel ${repost} delivered-attachment ${FILE}`,
    ]);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', how: 'attachment' });
    const passed = world.clock.now() - NOON;
    expect(passed).toBeGreaterThanOrEqual(15_000);
    expect(passed).toBeLessThan(60_000);
  });

  it('counts its refusals over restarts', async () => {
    const world = workerWorld(inChannel);
    world.channel.scripted.editInChannel.push(...refusals(99));
    for (let lives = 0; lives < 4; lives += 1) await work(world, { maxTimers: 1 });
    await work(world, { maxTimers: 1 });
    expect(editsOf(world)).toHaveLength(5);
    expect(world.channel.messages).toHaveLength(2);
  });

  it('and refuses a new one too is tried until the link expires, not given up early', async () => {
    const world = workerWorld(inChannel);
    world.channel.scripted.editInChannel.push(...refusals(5));
    world.channel.scripted.post.push(...refusals(50));
    await work(world);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', how: 'attachment' });
  });
});
