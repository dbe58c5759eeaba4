import { describe, expect, it } from 'vitest';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import type { MessagePlace } from '../../src/app/ports/bot-messages-port.ts';
import { emptyHeld, eraseVideo } from '../../src/app/second/erase-video.ts';
import type { EraseDeps } from '../../src/app/second/erase-video.ts';
import type { Quote } from '../../src/domain/ledger/quote.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { journalLine } from '../../src/store/tasks/journal.ts';
import { CHANNEL_ID, MESSAGE_ID, SETTINGS, TASK_ID, aTask } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';

const GALLERY = '1300000000000007777';
const FORWARD = '1300000000000008888';
const QUOTE: Quote = {
  kind: 'priced',
  micros: 350_000n,
  currency: 'USD',
  price: { amount: '0.35', currency: 'USD', per: 'task' },
};

/** A video by `auto`, which the first route refused, with everything that a record can say of it. */
const full = (): Task =>
  aTask({
    stage: {
      name: 'ended',
      outcome: { kind: 'delivered', how: 'attachment' },
      endedAt: NOON,
      notified: true,
      providerTaskId: 'p-1',
    },
    plan: {
      routes: [
        { ...SETTINGS, ratio: '9:16', quote: QUOTE },
        { ...SETTINGS, route: 'jimmy/other', ratio: '1:1', quote: QUOTE, because: 'busy' },
      ],
      current: 1,
      auto: { by: 'price', of: 1 },
    },
    attempts: [
      { route: SETTINGS.route, at: NOON, outcome: 'busy' },
      { route: 'jimmy/other', at: NOON, outcome: 'created', providerTaskId: 'p-1' },
    ],
    leftOut: ['ratio'],
    isShared: true,
    gallery: { channelId: GALLERY, messageId: FORWARD },
    money: { state: 'settled', amounts: { videos: 1n, seconds: 5n, cost: 350_000n } },
  });

/** Does it with a task; gives what was deleted, and the record as it is then. */
async function after<T>(task: Task, act: (deps: EraseDeps) => Promise<T>) {
  let now = task;
  const removed: MessagePlace[] = [];
  const media: string[] = [];
  const result = await act({
    store: {
      get: async () => now,
      save: async (changed) => {
        now = changed;
      },
    },
    ownership: OWNS_ALL,
    betweenSteps: async (_taskId, work) => work(),
    messages: {
      remove: async (place) => {
        removed.push(place);
        return 'removed';
      },
    },
    media: {
      delete: async (ids) => {
        media.push(...ids);
      },
    },
  });
  return { result, now, removed, media };
}

const emptied = async (task: Task) => after(task, async (deps) => emptyHeld(deps, task));
const erased = async (task: Task) => after(task, async (deps) => eraseVideo(deps, task));

describe('a video that is deleted', () => {
  it('loses its message, its forward, its media and its prompt', async () => {
    const { result, now, removed, media } = await erased(full());
    expect(result).toBe('erased');
    expect(removed).toEqual([
      { channelId: CHANNEL_ID, messageId: MESSAGE_ID },
      { channelId: GALLERY, messageId: FORWARD },
    ]);
    expect(media).toEqual([TASK_ID]);
    expect([now.secrets, now.isErased, now.address.deliveryPath]).toEqual([{}, true, 'lost']);
  });

  it('loses its settings, but nothing that the books and the journal have', async () => {
    const task = full();
    const { now } = await erased(task);
    const { leftOut: _leftOut, isShared: _isShared, ...kept } = task;
    const quoted = { durationSeconds: 5, resolution: '720p', quote: QUOTE };
    expect(now).toEqual({
      ...kept,
      plan: {
        ...task.plan,
        routes: [
          { route: SETTINGS.route, ...quoted },
          { route: 'jimmy/other', ...quoted, because: 'busy' },
        ],
      },
      secrets: {},
      isErased: true,
      address: { ...task.address, deliveryPath: 'lost' },
    });
    expect(Object.keys(now)).not.toContain('leftOut');
    expect(now.plan.routes.flatMap(Object.keys)).not.toContain('ratio');
    expect(journalLine(task)?.earlier).toHaveLength(1);
    expect(journalLine(now)).toEqual(journalLine(task));
  });

  it('is left as it is while it is being made', async () => {
    const task = aTask();
    const { result, now, removed, media } = await erased(task);
    expect([result, now, removed, media]).toEqual(['not-ended', task, [], []]);
  });
});

describe('a held video that is too old to keep', () => {
  const held = (): Task => ({
    ...full(),
    money: { state: 'held', amounts: { videos: 1n, seconds: 5n, cost: 350_000n } },
  });

  it('loses its prompt, settings and media, and keeps its message and its money', async () => {
    const task = held();
    const { result, now, removed, media } = await emptied(task);
    expect(result).toBe(true);
    expect(removed).toEqual([]);
    expect(media).toEqual([TASK_ID]);
    expect([now.secrets, now.isErased, now.address]).toEqual([{}, true, task.address]);
    expect(now.plan.routes.flatMap(Object.keys)).not.toContain('ratio');
    expect(now.money).toEqual(task.money);
    expect(journalLine(now)).toEqual(journalLine(task));
  });

  it('loses the media that a crash has left', async () => {
    const { now } = await emptied(held());
    const again = await emptied(now);
    expect([again.result, again.media]).toEqual([false, [TASK_ID]]);
    expect(again.now).toBe(now);
  });

  it.each([
    ['whose hold was resolved meanwhile', full()],
    ['that was opened again meanwhile', aTask({ money: held().money })],
  ])('is left as it is where it is one %s', async (_what, task) => {
    const { result, now, media } = await emptied(task);
    expect([result, now, media]).toEqual([false, task, []]);
  });
});
