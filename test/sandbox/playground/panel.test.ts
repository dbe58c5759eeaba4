import type { LiveFrame } from '../../../src/sandbox/playground/protocol.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coalesce } from '../../../src/sandbox/playground/panel/coalesce.ts';
import { createFeed } from '../../../src/sandbox/playground/panel/feed.ts';
import type { TaskView } from '../../../src/sandbox/playground/protocol/panel.ts';
import { startPlayground } from '../../../src/sandbox/playground/start-playground.ts';
import type { Playground } from '../../../src/sandbox/playground/start-playground.ts';
import { CHEN, DORA, GENERAL, visit } from './visit.ts';
import type { Tab } from './visit.ts';

let playground: Playground;
beforeAll(async () => {
  playground = await startPlayground({ quick: true });
});
afterAll(async () => playground.close());

/** One whole video of this tab's person. */
async function playVideo(tab: Tab, model = 'jimmy/seedance2.0-sp'): Promise<TaskView> {
  const answer = await tab.act({
    kind: 'slash',
    channelId: GENERAL,
    command: 'video',
    options: { prompt: 'A heron', model, duration: 5 },
  });
  const id = answer.kind === 'acknowledged' ? answer.interactionId : '';
  return tab.until((frame) =>
    frame.kind === 'task' &&
    frame.task.interactionId === id &&
    frame.task.stages.at(-1)?.name === 'ended'
      ? frame.task
      : undefined,
  );
}

type Accounts = Extract<LiveFrame, { kind: 'accounts' }>['accounts'];

/** Whether Chen's account has counted a video of today and has none reserved. */
function isSettled(accounts: Accounts): boolean {
  const own = accounts.find(({ personId }) => personId === CHEN)?.windows[0];
  return own !== undefined && own.used.videos > 0 && own.reserved.videos === 0;
}

describe('the side panel', () => {
  it('shows the stages of a task in their order, and its money', async () => {
    const task = await playVideo(await visit(playground.url, CHEN));
    expect(task).toMatchObject({
      personId: CHEN,
      channelId: GENERAL,
      model: 'SP',
      durationSeconds: 5,
      quote: '$0.245',
      amount: '$0.245',
      money: 'settled',
      outcome: 'delivered',
    });
    expect(task.providerTaskId).toMatch(/^vid_/);
    // Each of these is written before a request, at which the store is read; the rest may be held back.
    const names = task.stages
      .map(({ name }) => name)
      .filter((name) => name !== 'queued' && name !== 'delivering');
    expect(names).toEqual(['submitting', 'running', 'ended']);
    const times = task.stages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it.each([
    ['anyfast/seedance-2.0-mini', 'Mini (AnyFast)', 'AnyFast'],
    ['ark/seedance-2.0', 'Seedance 2.0', 'Ark'],
    // The names of these two come with a list and a file that the bot reads at its start.
    ['openrouter/alibaba/wan-2.6', 'Alibaba: Wan 2.6', 'OpenRouter'],
    ['gpu/wan-2.2-5b', 'Wan 2.2 5B', 'Our GPU'],
  ])('shows a video of %s by the names that people know', async (route, model, providerName) => {
    const tab = await visit(playground.url, DORA);
    const task = await playVideo(tab, route);
    expect(task).toMatchObject({ model, outcome: 'delivered', money: 'settled' });
    const asked = tab.frames.flatMap((frame) =>
      frame.kind === 'provider-request' ? [frame.request.providerName] : [],
    );
    expect(new Set(asked)).toEqual(new Set([providerName]));
  });

  it('shows what was sent to the provider, without its key, and what it answered', async () => {
    const tab = await visit(playground.url, CHEN);
    await playVideo(tab);
    const requests = tab.frames.flatMap((frame) =>
      frame.kind === 'provider-request' ? [frame.request] : [],
    );
    expect(requests.map(({ purpose }) => purpose).slice(0, 2)).toEqual(['create', 'query']);
    expect(requests[0]).toMatchObject({
      provider: 'jimmy',
      method: 'POST',
      body: { model: 'seedance2.0-sp', prompt: 'A heron', duration: 5 },
      answer: 'ok',
    });
    expect(requests[0]?.reply?.body).toContain('queued');
    expect(tab.texts.join('')).not.toContain(playground.testbed.providers.jimmy.key);
  });

  it('shows the guild’s account and one’s own, and nobody else’s', async () => {
    const chen = await visit(playground.url, CHEN);
    await playVideo(chen);
    // The accounts are read after the tasks.
    await chen.until((frame) =>
      frame.kind === 'accounts' && isSettled(frame.accounts) ? true : undefined,
    );
    const { snapshot } = await visit(playground.url, DORA);
    const whose = snapshot.panel.accounts.map(({ personId }) => personId);
    expect(whose).toContain(undefined);
    expect(whose).not.toContain(CHEN);
    const mine = await visit(playground.url, CHEN);
    const account = mine.snapshot.panel.accounts.find(({ personId }) => personId === CHEN);
    const tasks = mine.snapshot.panel.tasks.filter(({ personId }) => personId === CHEN);
    expect(account?.windows.map(({ window, used }) => [window, used.videos])).toEqual(
      ['day', 'week', 'month', 'total'].map((window) => [window, tasks.length]),
    );
    expect(account?.windows[0]?.reserved.videos).toBe(0);
  });

  it('shows each edit of the message, from thinking to the clip', async () => {
    const tab = await visit(playground.url, CHEN);
    const { messageId } = await playVideo(tab);
    const edits = tab.frames.flatMap((frame) =>
      frame.kind === 'edit' && frame.edit.messageId === messageId ? [frame.edit] : [],
    );
    expect(edits.map(({ version }) => version)).toEqual(edits.map((_edit, index) => index + 1));
    expect(edits[0]).toMatchObject({ change: 'posted', via: 'callback', files: [] });
    expect(edits.at(-1)).toMatchObject({
      change: 'edited',
      via: 'webhook',
    });
    expect(edits.at(-1)?.files.join()).toMatch(/^clapper-[^,]*\.mp4$/);
  });

  it('tells neither the token of an interaction nor that of the bot', async () => {
    const tab = await visit(playground.url, CHEN);
    await playVideo(tab);
    const { discord } = playground.testbed;
    const secrets = [discord.token, ...discord.interactions.map(({ token }) => token)];
    const received = [...tab.texts, ...(await visit(playground.url, CHEN)).texts].join('');
    expect(secrets.filter((secret) => received.includes(secret))).toEqual([]);
  });

  it('shows the log with its levels', async () => {
    const tab = await visit(playground.url, CHEN);
    const { id } = await playVideo(tab);
    const line = await tab.until((frame) =>
      frame.kind === 'line' && frame.line.fields['taskId'] === id ? frame.line : undefined,
    );
    expect(line).toMatchObject({ level: 'info', message: 'task begun' });
  });
});

it('serves a clip from the page’s own origin, in part and until its address expires', async () => {
  const tab = await visit(playground.url, CHEN);
  const { messageId } = await playVideo(tab);
  const clip = await tab.until((frame) =>
    frame.kind === 'message' && frame.message.id === messageId
      ? frame.message.attachments[0]
      : undefined,
  );
  expect(clip.url).toMatch(/^\/attachments\//);
  const address = new URL(clip.url, playground.url);
  const whole = await fetch(address);
  expect(whole.headers.get('content-type')).toBe('video/mp4');
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(bytes.byteLength).toBe(clip.size);
  const part = await fetch(address, { headers: { range: 'bytes=4-7' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 4-7/${clip.size}`);
  expect(await part.text()).toBe('ftyp');
  await tab.turn({ kind: 'advance', ms: 25 * 3_600_000 });
  expect((await fetch(address)).status).toBe(404);
});

describe('a feed', () => {
  it('keeps the newest, each in its place, and tells every one', () => {
    const published: string[] = [];
    const feed = createFeed<{ readonly key: number; readonly text: string }>({
      max: 2,
      keyOf: ({ key }) => key,
      publish: ({ text }) => published.push(text),
    });
    feed.put({ key: 1, text: 'a' });
    feed.put({ key: 2, text: 'b' });
    feed.put({ key: 1, text: 'c' });
    expect(feed.items.map(({ text }) => text)).toEqual(['c', 'b']);
    feed.put({ key: 3, text: 'd' });
    expect(feed.items.map(({ text }) => text)).toEqual(['b', 'd']);
    expect(published).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a coalesced run that is requested during another', () => {
  it('starts after the request and is shared by all requests', async () => {
    const ends: (() => void)[] = [];
    const run = coalesce(async () => new Promise((resolve) => void ends.push(resolve)));
    const first = run();
    const [second, third] = [run(), run()];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await first;
    await Promise.resolve();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all([second, third]);
    const later = run();
    expect(ends).toHaveLength(3);
    ends[2]?.();
    await later;
  });

  it('also follows a failed run', async () => {
    let runs = 0;
    const run = coalesce(async () => {
      runs += 1;
      await Promise.resolve();
      if (runs === 1) throw new Error('locked');
    });
    const first = run();
    const second = run();
    await expect(first).rejects.toThrow('locked');
    await second;
    expect(runs).toBe(2);
  });
});
