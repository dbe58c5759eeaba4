import { describe, expect, it } from 'vitest';
import type { MessageResult } from '../../src/app/ports/message-port.ts';
import type { FetchedVideo } from '../../src/app/ports/video-port.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import {
  MESSAGE_ID,
  RESULT_URL,
  TASK_ID,
  aTask,
  anAddress,
  delivering,
  running,
  telling,
} from '../fakes/a-task.ts';
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

const fault = (): MessageResult => ({ kind: 'try-again', detail: '500' });

const malformed = (): MessageResult => ({ kind: 'malformed' });

const callsAt = (world: WorkerWorld): string[] =>
  world.channel.calls.map((call) => call.replace('editByToken @original ', ''));

const uploadsIn = (world: WorkerWorld): string[] =>
  world.channel.calls.filter((call) => call.includes('delivered'));

function endOf(world: WorkerWorld): unknown {
  const stage = world.tasks.byId.get(TASK_ID)?.stage;
  return stage?.name === 'ended' ? { ...stage.outcome, notified: stage.notified } : stage;
}

const addressOf = (world: WorkerWorld): unknown => world.tasks.byId.get(TASK_ID)?.address;

describe('a finished video', () => {
  it('is attached to the one message', async () => {
    const world = workerWorld(finished());
    await work(world);
    expect(world.channel.calls).toEqual([`editByToken @original delivered-attachment ${FILE}`]);
    expect(world.video.files.size).toBe(0);
    expect(world.clips).toEqual([{ how: 'delivered', id: TASK_ID }]);
  });

  it('keeps the codec where Discord may not play it', async () => {
    const world = workerWorld(finished());
    world.video.answers.push({ kind: 'saved', content: new Blob(['v']), codec: 'AV1' });
    await work(world);
    expect(endOf(world)).toEqual({
      kind: 'delivered',
      how: 'attachment',
      codec: 'AV1',
      notified: true,
    });
  });

  it('goes by the channel message where the token is 14 minutes old', async () => {
    const address = anAddress({ tokenSince: NOON - 14 * 60_000 });
    const world = workerWorld(finished({ address }));
    await work(world);
    expect(world.channel.calls).toEqual([
      `editInChannel ${address.messageId} delivered-attachment ${FILE}`,
    ]);
    expect(world.channel.unauthorized).toEqual([]);
  });

  it('is posted once in one new message, without the file first, where the message is deleted', async () => {
    const world = workerWorld(finished());
    for (const message of world.channel.messages) message.isDeleted = true;
    await work(world);
    const repost = world.channel.messages[1]?.id;
    expect(world.channel.calls).toEqual([
      `editByToken @original delivered-attachment ${FILE}`,
      'post new delivering',
      `editInChannel ${repost} delivered-attachment ${FILE}`,
    ]);
    expect(addressOf(world)).toMatchObject({ deliveryPath: 'repost', repostId: repost });
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
  });

  it('is not posted before the new message is written down', async () => {
    const world = workerWorld(finished({ address: anAddress({ deliveryPath: 'repost' }) }));
    const known: unknown[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'discord.editInChannel') known.push(addressOf(world));
        return effect();
      },
    });
    expect(known).toEqual([
      anAddress({ deliveryPath: 'repost', repostId: world.channel.messages[1]?.id ?? '' }),
    ]);
  });

  it('asks a webhook that answered 401 no second time', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push({ kind: 'unreached', why: 'token-refused' });
    world.channel.scripted.editInChannel.push(
      { kind: 'try-again', detail: '500' },
      { kind: 'try-again', detail: '500' },
    );
    await work(world);
    expect(world.channel.unauthorized).toEqual(['token']);
    expect(world.channel.calls.filter((call) => call.startsWith('editByToken'))).toHaveLength(1);
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
  });

  it('is told undeliverable where no way is left, and never silently dropped', async () => {
    const world = workerWorld(finished());
    world.channel.isClosed = true;
    for (const message of world.channel.messages) message.isDeleted = true;
    await work(world);
    expect(endOf(world)).toEqual({ kind: 'undeliverable', notified: false });
  });
});

const linked = (why: string): object => ({
  kind: 'delivered',
  how: 'link',
  until: NOON + 72 * HOUR,
  why,
  notified: true,
});

describe('a video too large for the message', () => {
  const link = linked('too-large');

  it('goes as its address where the fetch finds it too large', async () => {
    const world = workerWorld(finished());
    world.video.answers.push({ kind: 'too-large', bytes: 99_000_000 });
    await work(world);
    expect(world.channel.calls).toEqual(['editByToken @original delivered-link']);
    expect(endOf(world)).toEqual(link);
    expect(world.clips).toEqual([{ how: 'linked', id: TASK_ID }]);
  });

  it('goes as its address where Discord answers 413, and is not uploaded again', async () => {
    const world = workerWorld(finished());
    world.channel.takesFiles = false;
    await work(world);
    expect(world.channel.calls).toEqual([
      `editByToken @original delivered-attachment ${FILE}`,
      'editByToken @original delivered-link',
    ]);
    expect(endOf(world)).toEqual(link);
    expect(world.video.files.size).toBe(0);
  });

  it('goes as its link where the bot may not attach files, saying so', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push({ kind: 'too-large', isForbidden: true });
    await work(world);
    expect(endOf(world)).toEqual(linked('not-allowed'));
    // A smaller clip could not be attached either.
    expect(world.clips).toEqual([]);
  });

  it('is not tried for ever at once where Discord finds even the address too large', async () => {
    const world = workerWorld(finished({ stage: delivering({ asLink: true }) }));
    world.channel.scripted.editByToken.push(
      ...Array.from({ length: 100 }, (): MessageResult => ({ kind: 'too-large' })),
    );
    await work(world, { maxTimers: 60 });
    const passed = world.clock.now() - NOON;
    const callsAtOnce = world.channel.calls.length;
    expect(passed === 0 && callsAtOnce > 2).toBe(false);
  });
});

describe('an upload that Discord takes without showing the file', () => {
  const attached = `editByToken @original delivered-attachment ${FILE}`;

  it.each([
    [1, [attached, attached], 'attachment'],
    [2, [attached, attached, attached], 'attachment'],
    [3, [attached, attached, attached, 'editByToken @original delivered-link'], 'link'],
    [99, [attached, attached, attached, 'editByToken @original delivered-link'], 'link'],
  ])('%i times is tried again, three times in all, then its address', async (lost, calls, how) => {
    const world = workerWorld(finished());
    world.channel.filesLost = lost;
    await work(world);
    expect(uploadsIn(world)).toEqual(calls);
    const why = how === 'link' ? { why: 'not-shown' } : {};
    expect(endOf(world)).toMatchObject({ kind: 'delivered', how, ...why, notified: true });
    expect(world.channel.messages).toHaveLength(1);
    expect(world.video.fetched).toHaveLength(1);
    expect(world.video.files.size).toBe(0);
  });

  it('does not leave the message saying that it is done meanwhile', async () => {
    const world = workerWorld(finished());
    world.channel.filesLost = 1;
    await work(world);
    expect(world.channel.messages[0]?.history).toEqual([
      'delivered-attachment',
      'delivering',
      'delivered-attachment',
    ]);
  });

  it('is given time between the tries', async () => {
    const world = workerWorld(finished());
    world.channel.filesLost = 3;
    await work(world);
    expect(world.clock.now()).toBeGreaterThanOrEqual(NOON + 2000);
  });

  it('to a new message is tried again on that message', async () => {
    const world = workerWorld(finished());
    for (const message of world.channel.messages) message.isDeleted = true;
    world.channel.filesLost = 3;
    await work(world);
    const repost = world.channel.messages[1]?.id;
    expect(world.channel.messages).toHaveLength(2);
    expect(uploadsIn(world).slice(1)).toEqual([
      ...Array.from({ length: 3 }, () => `editInChannel ${repost} delivered-attachment ${FILE}`),
      `editInChannel ${repost} delivered-link`,
    ]);
  });

  it('counts its tries over a restart, on the same message', async () => {
    const world = workerWorld(finished());
    world.channel.filesLost = 99;
    for (let lives = 0; lives < 12; lives += 1) {
      await work(world, { maxTimers: 1 });
    }
    expect(world.channel.messages).toHaveLength(1);
    expect(uploadsIn(world)).toHaveLength(4);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', how: 'link' });
  });

  it('and Discord’s own faults beside it are outwaited apart from those tries', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(fault(), fault(), fault(), fault());
    world.channel.filesLost = 2;
    await work(world);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', how: 'attachment' });
  });
});

describe('a last edit that Discord calls malformed', () => {
  it('is sent again with its text alone, the address in it', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(malformed());
    await work(world);
    expect(callsAt(world)).toEqual([`delivered-attachment ${FILE}`, 'delivered-link text-alone']);
    expect(endOf(world)).toEqual(linked('refused'));
    expect(world.clock.now()).toBe(NOON);
  });

  it.each<[string, MessageResult]>([
    ['malformed', { kind: 'malformed' }],
    ['too large', { kind: 'too-large' }],
  ])('because of its address (%s) is sent again with its text alone', async (_what, answer) => {
    const world = workerWorld(finished({ stage: delivering({ asLink: true }) }));
    world.channel.scripted.editByToken.push(answer);
    await work(world);
    expect(callsAt(world)).toEqual(['delivered-link', 'delivered-link text-alone']);
    expect(endOf(world)).toMatchObject({ how: 'link', notified: true });
  });

  it('of a task without a video is sent again with its text alone', async () => {
    const world = workerWorld(aTask({ stage: telling({ kind: 'timed-out' }) }));
    world.channel.scripted.editByToken.push(malformed());
    await work(world);
    expect(callsAt(world)).toEqual(['timed-out', 'timed-out text-alone']);
    expect(endOf(world)).toEqual({ kind: 'timed-out', notified: true });
  });

  it('even so goes without words from outside, then by the next way', async () => {
    const world = workerWorld(aTask({ stage: telling({ kind: 'timed-out' }) }));
    world.channel.scripted.editByToken.push(malformed(), malformed(), malformed());
    await work(world);
    expect(world.channel.calls).toEqual([
      'editByToken @original timed-out',
      'editByToken @original timed-out text-alone',
      'editByToken @original timed-out text-alone plain',
      `editInChannel ${anAddress().messageId} timed-out text-alone plain`,
    ]);
  });

  it('never goes back to the file, whatever comes between', async () => {
    const world = workerWorld(finished());
    world.channel.scripted.editByToken.push(malformed(), fault(), { kind: 'too-large' }, fault());
    await work(world);
    const [first, ...others] = callsAt(world).filter((call) => call.startsWith('delivered'));
    expect(first).toContain(FILE);
    expect(others.every((call) => call === 'delivered-link text-alone')).toBe(true);
  });
});

describe('a small file with the address', () => {
  const link = delivering({ asLink: true });

  it('that Discord takes without showing it is sent three times, then a text alone', async () => {
    const world = workerWorld(finished({ stage: link }));
    const unseen: MessageResult = { kind: 'file-missing' };
    world.channel.scripted.editByToken.push(unseen, unseen, unseen);
    await work(world);
    const sent = 'editByToken @original delivered-link';
    expect(world.channel.calls).toEqual([sent, sent, sent, `${sent} text-alone`]);
    expect(endOf(world)).toMatchObject({ how: 'link', notified: true });
  });

  it('comes to a new message by an edit, once that is written down', async () => {
    const world = workerWorld(
      finished({ stage: link, address: anAddress({ deliveryPath: 'repost' }) }),
    );
    world.channel.scripted.post.push({ kind: 'done', messageId: MESSAGE_ID, isPlaceholder: true });
    await work(world);
    expect(world.channel.calls).toEqual([
      'post new delivered-link',
      `editInChannel ${MESSAGE_ID} delivered-link`,
    ]);
    expect(addressOf(world)).toMatchObject({ deliveryPath: 'repost', repostId: MESSAGE_ID });
  });
});

describe('a result that only the key of its provider opens', () => {
  const secrets = { ...aTask().secrets, resultUrl: RESULT_URL, resultNeedsKey: true } as const;

  it('is fetched with it', async () => {
    const world = workerWorld(finished({ secrets }));
    await work(world);
    expect(world.video.keysOf).toEqual(['jimmy']);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', how: 'attachment' });
  });

  it('is shown to nobody where it is gone', async () => {
    const world = workerWorld(finished({ secrets }));
    world.video.answers.push({ kind: 'gone', status: 404 });
    world.video.isShowable = true;
    await work(world);
    expect(endOf(world)).toMatchObject({ kind: 'result-lost', why: 'gone', showAddress: false });
  });
});

describe('a result that cannot be had', () => {
  it.each<[FetchedVideo, string, boolean]>([
    [{ kind: 'gone', status: 404 }, 'gone', true],
    [{ kind: 'gone', status: 410 }, 'gone', true],
    [{ kind: 'forbidden', reason: 'private' }, 'forbidden', false],
    [{ kind: 'not-mp4' }, 'not-mp4', true],
    [{ kind: 'too-many-redirects' }, 'too-many-redirects', true],
  ])('%o is told at once', async (answer, why, isShowable) => {
    const world = workerWorld(finished());
    world.video.answers.push(answer);
    world.video.isShowable = isShowable;
    await work(world);
    expect(endOf(world)).toEqual({
      kind: 'result-lost',
      why,
      showAddress: isShowable,
      notified: true,
    });
    expect(world.clock.now()).toBe(NOON);
    expect(world.video.fetched).toHaveLength(1);
  });

  it('without an address is asked for again for a minute, then told', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.provider.queryAnswers.push(
      ...Array.from({ length: 99 }, () => ({ kind: 'finished' }) as const),
    );
    await work(world);
    expect(world.clock.now()).toBe(NOON + 60_000);
    expect(world.provider.queries.length).toBeGreaterThan(2);
    expect(endOf(world)).toMatchObject({ kind: 'result-lost', why: 'no-address' });
  });

  it('for faults that pass is tried until the address expires, with back-off', async () => {
    const world = workerWorld(finished());
    world.video.answers.push(
      ...Array.from({ length: 5000 }, (): FetchedVideo => ({ kind: 'try-again', detail: '503' })),
    );
    const at: number[] = [];
    await work(world, {
      maxTimers: 5000,
      guard: async (name, effect) => {
        if (name === 'video.fetch') at.push(world.clock.now());
        return effect();
      },
    });
    expect(endOf(world)).toMatchObject({ kind: 'result-lost', why: 'expired' });
    expect(at.at(-1)).toBe(NOON + 72 * HOUR);
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
    expect(Math.min(...waits.slice(0, -1))).toBeGreaterThanOrEqual(1000);
  });

  it('is fetched again after the Retry-After of its host', async () => {
    const world = workerWorld(finished());
    world.video.answers.push({ kind: 'try-again', detail: '503', retryAfterMs: 600_000 });
    await work(world);
    expect(world.clock.now()).toBe(NOON + 600_000);
    expect(endOf(world)).toMatchObject({ kind: 'delivered' });
  });
});

describe('the last word of a task without a video', () => {
  const ended = aTask({ stage: telling({ kind: 'timed-out' }, { providerTaskId: 'p-1' }) });

  it('waits for Discord as long as Discord asks', async () => {
    const world = workerWorld(ended);
    world.channel.scripted.editByToken.push({ kind: 'try-again', afterMs: 120_000, detail: '429' });
    await work(world);
    expect(world.clock.now()).toBe(NOON + 120_000);
    expect(endOf(world)).toEqual({ kind: 'timed-out', notified: true });
  });

  it('is given up after a day of faults, and the task ends', async () => {
    const world = workerWorld(ended);
    world.channel.scripted.editByToken.push(...Array.from({ length: 999 }, fault));
    world.channel.scripted.editInChannel.push(...Array.from({ length: 999 }, fault));
    await work(world, { maxTimers: 2000 });
    expect(endOf(world)).toEqual({ kind: 'timed-out', notified: false });
    expect(world.clock.now() - NOON).toBeGreaterThanOrEqual(24 * HOUR);
    expect(world.clock.now() - NOON).toBeLessThan(25 * HOUR);
  });

  it('keeps the number of the provider for whoever settles it', async () => {
    const world = workerWorld(ended);
    await work(world);
    expect(world.tasks.byId.get(TASK_ID)?.stage).toMatchObject({ providerTaskId: 'p-1' });
  });
});

describe('what a progress edit learnt of the way to the message', () => {
  it('is written with the next look, and followed by the last edit', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.provider.queryAnswers.push(
      { kind: 'pending', progressPercent: 1 },
      { kind: 'pending', progressPercent: 2 },
    );
    world.channel.scripted.editByToken.push({ kind: 'unreached', why: 'token-refused' });
    const written: unknown[] = [];
    await work(world, {
      guard: async (name, effect) => {
        const answer = await effect();
        if (name === 'store.save') {
          written.push(world.tasks.byId.get(TASK_ID)?.address.deliveryPath);
        }
        return answer;
      },
    });
    expect(written[0]).toBe('channel');
    expect(world.channel.unauthorized).toEqual(['token']);
    expect(world.channel.calls.filter((call) => call.startsWith('editByToken'))).toHaveLength(1);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', notified: true });
  });
});
