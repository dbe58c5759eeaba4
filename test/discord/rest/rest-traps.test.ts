import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageResult, TaskView } from '../../../src/app/ports/message-port.ts';
import { createChannelPosts } from '../../../src/discord/rest/channel-posts.ts';
import { NO_FACTS } from '../../fakes/button-facts.ts';
import { createMessagePort } from '../../../src/discord/rest/message-port.ts';
import { createReplies } from '../../../src/discord/replies.ts';
import { createRestClients } from '../../../src/discord/rest/rest-clients.ts';
import { reachMessage } from '../../../src/worker/steps/reach-message.ts';
import {
  APPLICATION_ID,
  CHANNEL_ID,
  MESSAGE_ID,
  TASK_ID,
  aTask,
  anAddress,
} from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { startRestServer } from '../../fakes/rest-server.ts';
import type { RestServer } from '../../fakes/rest-server.ts';
import { CATALOGUE } from '../../fakes/catalogue.ts';

/**
 * The library's timers do not advance unless a test moves them, so that it cannot do anything later
 * unnoticed, and a wait shows as a call that does not end.
 */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

const uncut = (): AbortSignal => new AbortController().signal;
const view: TaskView = { task: aTask() };
const done: TaskView = { task: aTask(), outcome: { kind: 'delivered', how: 'attachment' } };

async function onLoopback() {
  const server = await startRestServer();
  const rests = createRestClients(server.url, 'bot-token');
  return {
    server,
    port: createMessagePort(rests, CATALOGUE, NO_FACTS),
    replies: createReplies(rests),
    posts: createChannelPosts(rests, CATALOGUE),
  };
}

/** Lets everything that is ready happen, sockets included. */
async function turns(until: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000 && !until(); turn += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** How many calls came, when so many have, or nothing goes on any more. */
async function seen(server: RestServer, expected: number): Promise<number> {
  await turns(() => server.seen.length >= expected);
  return server.seen.length;
}

/** The result, if there is one by now. */
function watched(call: Promise<MessageResult>): { now: MessageResult | undefined } {
  const result: { now: MessageResult | undefined } = { now: undefined };
  void (async () => {
    result.now = await call;
  })();
  return result;
}

function aFile() {
  return {
    content: new Blob(['the bytes of a video'], { type: 'video/mp4' }),
    name: 'clapper-1.mp4',
  };
}

/** Longer than all retries of the library could take. */
const AN_HOUR_MS = 3_600_000;

describe('a call that Discord does not answer', () => {
  const calls: [
    string,
    number,
    (on: Awaited<ReturnType<typeof onLoopback>>) => Promise<MessageResult>,
  ][] = [
    [
      'an edit by token',
      15_000,
      async ({ port }) => port.editByToken(anAddress(), 'secret', view, undefined, uncut()),
    ],
    [
      'an edit in the channel',
      15_000,
      async ({ port }) => port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut()),
    ],
    ['a new message', 15_000, async ({ port }) => port.post(anAddress(), view, 'r1', uncut())],
    [
      'an upload',
      300_000,
      async ({ port }) => port.editByToken(anAddress(), 'secret', done, aFile(), uncut()),
    ],
  ];

  it.each(calls)(
    '%s, is given up after its own time limit and sent once',
    async (_what, limitMs, call) => {
      const on = await onLoopback();
      on.server.answers.push('hang');
      const result = watched(call(on));
      expect(await seen(on.server, 1)).toBe(1);
      await vi.advanceTimersByTimeAsync(limitMs - 1000);
      await turns(() => result.now !== undefined);
      expect(result.now).toBeUndefined();
      await vi.advanceTimersByTimeAsync(2000);
      await turns(() => result.now !== undefined);
      expect(result.now).toMatchObject({ kind: 'try-again' });
      await vi.advanceTimersByTimeAsync(AN_HOUR_MS);
      expect(await seen(on.server, 1)).toBe(1);
    },
  );
});

describe('a call that Discord fails', () => {
  it.each([500, 502, 503, 504])('answered %i is sent once, whatever it is', async (status) => {
    const { server, port, replies, posts } = await onLoopback();
    server.otherwise = () => ({ status, body: { code: 0, message: 'no' } });
    await port.editByToken(anAddress(), 'secret', done, aFile(), uncut());
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    await port.post(anAddress(), view, 'r1', uncut());
    await posts.ping(aTask()).catch(() => undefined);
    await replies.deferPublicly({ id: TASK_ID, token: 'secret' });
    await vi.advanceTimersByTimeAsync(AN_HOUR_MS);
    expect(await seen(server, 5)).toBe(5);
  });

  it('is not slept through: a 429 comes back at once, with its wait', async () => {
    const { server, port } = await onLoopback();
    const body = { message: 'slow down', retry_after: 60, global: false };
    server.answers.push({ status: 429, body, headers: { 'retry-after': '60' } });
    const result = watched(port.editByToken(anAddress(), 'secret', view, undefined, uncut()));
    await turns(() => result.now !== undefined);
    // With a margin, as in the library.
    expect(result.now).toEqual({ kind: 'try-again', afterMs: 60_050, detail: 'rate limited' });
    expect(await seen(server, 1)).toBe(1);
  });

  it('is not slept through either if the bucket is known to be empty: nothing is sent', async () => {
    const { server, port } = await onLoopback();
    const headers = {
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '60',
      'x-ratelimit-bucket': 'abc',
    };
    server.otherwise = () => ({ status: 200, body: { id: MESSAGE_ID }, headers });
    const byToken = async (): Promise<MessageResult> =>
      port.editByToken(anAddress(), 'secret', view, undefined, uncut());
    await byToken();
    const second = watched(byToken());
    await turns(() => second.now !== undefined);
    expect(second.now).toMatchObject({ kind: 'try-again', detail: 'rate limited' });
    expect(await seen(server, 1)).toBe(1);
    const inChannel = async (): Promise<MessageResult> =>
      port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    // For the library the first answer names the bucket, and the second one empties it.
    await inChannel();
    await inChannel();
    const third = watched(inChannel());
    await turns(() => third.now !== undefined);
    expect(third.now).toMatchObject({ kind: 'try-again', detail: 'rate limited' });
    expect(await seen(server, 3)).toBe(3);
  });
});

describe('calls that Discord does not count', () => {
  it('are not held back by a limiter of the library: 200 at once, with no time passing', async () => {
    const { server, port, replies } = await onLoopback();
    const call = Array.from({ length: 100 }, (_none, at) => `token-${at}`);
    const all = Promise.all(
      call.flatMap((token) => [
        port.editByToken(anAddress(), token, view, undefined, uncut()),
        replies.deferPublicly({ id: TASK_ID, token }),
      ]),
    );
    expect(await seen(server, 200)).toBe(200);
    await expect(all).resolves.toHaveLength(200);
  });
});

describe('a 401', () => {
  it('takes the bot token from no later call, on any path', async () => {
    const { server, port, posts } = await onLoopback();
    server.otherwise = () => ({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, done, aFile(), uncut());
    await posts.ping(aTask()).catch(() => undefined);
    await port.post(anAddress(), view, 'r1', uncut());
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, done, aFile(), uncut());
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 5 }, () => 'Bot bot-token'),
    );
  });

  it.each([50_027, 0, 10_015])(
    'of a webhook (code %i) is met once: the message is reached by the channel, now and later',
    async (code) => {
      const { server, port } = await onLoopback();
      server.answers.push({ status: code === 10_015 ? 404 : 401, body: { code, message: 'no' } });
      const remembered: ReturnType<typeof anAddress>[] = [];
      const deps = {
        messages: port,
        now: () => NOON,
        saveAddress: async (address: ReturnType<typeof anAddress>) => {
          remembered.push(address);
        },
        beforePost: async () => undefined,
        signal: uncut(),
      };
      const first = await reachMessage(deps, anAddress(), done);
      const [address] = remembered.slice(-1);
      if (address === undefined) throw new Error('nothing was remembered');
      await reachMessage(deps, address, done, aFile());
      expect(first.kind).toBe('done');
      expect(server.seen.map(({ path }) => path)).toEqual([
        `/webhooks/${APPLICATION_ID}/token/messages/@original`,
        `/channels/${CHANNEL_ID}/messages/${MESSAGE_ID}`,
        `/channels/${CHANNEL_ID}/messages/${MESSAGE_ID}`,
      ]);
    },
  );
});

describe('what is given to the library', () => {
  it('is the same for every attempt: one file, named in one list', async () => {
    const { server, port } = await onLoopback();
    const file = aFile();
    const answers = [500, 500, 200].map((status) => ({ status, body: { id: MESSAGE_ID } }));
    server.answers.push(...answers);
    for (let attempt = 0; attempt < answers.length; attempt += 1) {
      await port.editByToken(anAddress(), 'secret', done, file, uncut());
    }
    const payloads = await Promise.all(
      server.seen.map(async ({ headers, body }) => {
        const type = headers['content-type'] ?? '';
        const form = await new Response(body, { headers: { 'content-type': type } }).formData();
        return [...form.keys(), form.get('payload_json')];
      }),
    );
    expect(payloads).toHaveLength(3);
    expect(payloads[1]).toEqual(payloads[0]);
    expect(payloads[2]).toEqual(payloads[0]);
    expect(payloads[0]).toEqual([
      'payload_json',
      'files[0]',
      expect.stringMatching(/"attachments":\[\{"id":0,"filename":"clapper-1.mp4"\}\]/),
    ]);
  });
});
