import { getEventListeners } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TaskView } from '../../src/app/message-port.ts';
import { createMessagePort } from '../../src/discord/message-port.ts';
import { taskText } from '../../src/discord/render/task-text.ts';
import { createRestClients } from '../../src/discord/rest-clients.ts';
import {
  APPLICATION_ID,
  CHANNEL_ID,
  MEMBER_ID,
  MESSAGE_ID,
  aSubmission,
  aTask,
  anAddress,
} from '../fakes/a-task.ts';
import { startRestServer } from '../fakes/rest-server.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

/** A signal that nothing cuts. */
const uncut = (): AbortSignal => new AbortController().signal;
const view: TaskView = { task: aTask() };
const done: TaskView = { task: aTask(), outcome: { kind: 'delivered', how: 'attachment' } };

async function portOnLoopback() {
  const server = await startRestServer();
  const port = createMessagePort(createRestClients(server.url, 'bot-token'));
  const lastBody = (): unknown => JSON.parse(server.seen.at(-1)?.body.toString() ?? '');
  return { server, port, lastBody };
}

describe('an edit', () => {
  it('by the token goes to the original reply, without the bot token, and mentions nobody', async () => {
    const { server, port, lastBody } = await portOnLoopback();
    const result = await port.editByToken(anAddress(), 'secret', view, undefined, uncut());
    expect(result).toEqual({ kind: 'done', messageId: MESSAGE_ID });
    expect(server.seen).toMatchObject([
      { method: 'PATCH', path: `/webhooks/${APPLICATION_ID}/secret/messages/@original` },
    ]);
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
    expect(lastBody()).toEqual({
      content: taskText(view),
      embeds: [],
      components: [],
      allowed_mentions: { parse: [] },
    });
  });

  it('in the channel goes to that message with the bot token', async () => {
    const { server, port } = await portOnLoopback();
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    expect(server.seen).toMatchObject([
      { method: 'PATCH', path: `/channels/${CHANNEL_ID}/messages/${MESSAGE_ID}` },
    ]);
    expect(server.seen[0]?.headers.authorization).toBe('Bot bot-token');
  });

  it('keeps its token after a 401', async () => {
    const { server, port } = await portOnLoopback();
    server.answers.push({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bot bot-token',
      'Bot bot-token',
    ]);
  });

  it('carries a file as one mp4 that replaces what was there', async () => {
    const { server, port } = await portOnLoopback();
    const path = join(temporaryFolder(), 'v.mp4');
    writeFileSync(path, 'the bytes of a video');
    const file = { path, name: 'clapper-1.mp4' };
    const result = await port.editByToken(anAddress(), 'secret', done, file, uncut());
    expect(result).toMatchObject({ kind: 'done' });
    expect(server.seen).toHaveLength(1);
    const [call] = server.seen;
    const type = call?.headers['content-type'] ?? '';
    expect(type).toContain('multipart/form-data');
    const form = await new Response(call?.body, { headers: { 'content-type': type } }).formData();
    const payload = form.get('payload_json');
    expect(JSON.parse(typeof payload === 'string' ? payload : '')).toEqual({
      content: taskText(done),
      embeds: [],
      components: [],
      allowed_mentions: { parse: [] },
      attachments: [{ id: 0, filename: 'clapper-1.mp4' }],
    });
    const sent = form.get('files[0]');
    if (!(sent instanceof File)) throw new Error('no file was sent');
    expect([sent.name, sent.type, await sent.text()]).toEqual([
      'clapper-1.mp4',
      'video/mp4',
      'the bytes of a video',
    ]);
  });

  it('whose file is gone is tried again, and nothing is sent', async () => {
    const { server, port } = await portOnLoopback();
    const file = { path: join(temporaryFolder(), 'gone.mp4'), name: 'gone.mp4' };
    const result = await port.editByToken(anAddress(), 'secret', done, file, uncut());
    expect(result).toMatchObject({ kind: 'try-again' });
    expect(server.seen).toEqual([]);
  });

  it('answered by something that is no message is tried again', async () => {
    const { server, port } = await portOnLoopback();
    server.answers.push({ status: 200, body: { hello: 'there' } });
    const result = await port.editByToken(anAddress(), 'secret', view, undefined, uncut());
    expect(result).toMatchObject({ kind: 'try-again' });
  });

  it('leaves nothing behind on a signal that lives as long as the process', async () => {
    const { port } = await portOnLoopback();
    const life = new AbortController();
    for (let edit = 0; edit < 3; edit += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await port.editByToken(anAddress(), 'secret', view, undefined, life.signal);
    }
    await port.post(anAddress(), view, 'r1', life.signal);
    expect(getEventListeners(life.signal, 'abort')).toHaveLength(0);
  });

  it('that is cut short is tried again', async () => {
    const { server, port } = await portOnLoopback();
    const cut = new AbortController();
    const editing = port.editByToken(anAddress(), 'secret', view, undefined, cut.signal);
    cut.abort();
    await expect(editing).resolves.toMatchObject({ kind: 'try-again' });
    await expect(
      port.editByToken(anAddress(), 'secret', view, undefined, cut.signal),
    ).resolves.toMatchObject({ kind: 'try-again' });
    expect(server.seen).toEqual([]);
  });

  it.each([401, 404, 500, 503])('answered %i is sent once', async (status) => {
    const { server, port } = await portOnLoopback();
    server.otherwise = () => ({ status, body: { code: 0, message: 'no' } });
    await port.editByToken(anAddress(), 'secret', view, undefined, uncut());
    await port.editInChannel(CHANNEL_ID, MESSAGE_ID, view, undefined, uncut());
    expect(server.seen).toHaveLength(2);
  });
});

describe('a message with a very long address', () => {
  const submission = aSubmission({ prompt: '*'.repeat(5000) });
  const outcome = { kind: 'delivered', how: 'link', until: 0 } as const;
  const linked = (length: number): TaskView => {
    const resultUrl = `https://results.test/${'v'.repeat(length)}`;
    return { task: aTask({ secrets: { submission, resultUrl } }), outcome };
  };

  it.each([1400, 1500, 3000])('of %i characters still fits, whole', async (length) => {
    const { port, lastBody } = await portOnLoopback();
    await port.editByToken(anAddress(), 'secret', linked(length), undefined, uncut());
    const body = lastBody();
    expect(JSON.stringify(body)).toContain('v'.repeat(length));
    const { content } = Object.assign({ content: '' }, body);
    expect(content.length).toBeLessThanOrEqual(2000);
  });
});

describe('a new message', () => {
  it('names its caller, mentions nobody else, and is made once per nonce', async () => {
    const { server, port, lastBody } = await portOnLoopback();
    const result = await port.post(anAddress(), done, 'r1', uncut());
    expect(result).toEqual({ kind: 'done', messageId: MESSAGE_ID });
    expect(server.seen).toMatchObject([
      { method: 'POST', path: `/channels/${CHANNEL_ID}/messages` },
    ]);
    expect(server.seen[0]?.headers.authorization).toBe('Bot bot-token');
    expect(lastBody()).toMatchObject({
      content: taskText(done),
      allowed_mentions: { parse: [], users: [MEMBER_ID] },
      nonce: 'r1',
      enforce_nonce: true,
    });
  });

  it.each([500, 401, 429])('answered %i is posted once and no more', async (status) => {
    const { server, port } = await portOnLoopback();
    server.otherwise = () => ({ status, body: { code: 0, message: 'no', retry_after: 1 } });
    const result = await port.post(anAddress(), done, 'r1', uncut());
    expect(result.kind).not.toBe('done');
    expect(server.seen).toHaveLength(1);
  });
});
