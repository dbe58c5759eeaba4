import { aRequest } from '../../fakes/a-request.ts';
import { getEventListeners } from 'node:events';
import { openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TaskView } from '../../../src/app/ports/message-port.ts';
import { NO_FACTS } from '../../fakes/button-facts.ts';
import { createMessagePort } from '../../../src/discord/rest/message-port.ts';
import { taskButtons } from '../../../src/discord/render/task-buttons.ts';
import { taskText } from '../../fakes/task-texts.ts';
import { createRestClients } from '../../../src/discord/rest/rest-clients.ts';
import {
  APPLICATION_ID,
  CHANNEL_ID,
  MEMBER_ID,
  MESSAGE_ID,
  aTask,
  anAddress,
} from '../../fakes/a-task.ts';
import { startRestServer } from '../../fakes/rest-server.ts';
import type { SeenCall } from '../../fakes/rest-server.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { CATALOGUE } from '../../fakes/catalogue.ts';

/** A signal that never aborts. */
const uncut = (): AbortSignal => new AbortController().signal;
const view: TaskView = { task: aTask() };
const done: TaskView = { task: aTask(), outcome: { kind: 'delivered', how: 'attachment' } };

async function portOnLoopback() {
  const server = await startRestServer();
  const port = createMessagePort(createRestClients(server.url, 'bot-token'), CATALOGUE, NO_FACTS);
  const lastBody = (): unknown => JSON.parse(server.seen.at(-1)?.body.toString() ?? '');
  return { server, port, lastBody };
}

const inMemory = new Blob(['the bytes of a video'], { type: 'video/mp4' });

async function onDisk(path = join(temporaryFolder(), 'v.mp4')): Promise<Blob> {
  writeFileSync(path, 'the bytes of a video');
  return openAsBlob(path, { type: 'video/mp4' });
}

describe('an edit', () => {
  it('by the token goes to the original reply, without the bot token, and mentions no member', async () => {
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

  it.each([
    ['held in memory', async () => inMemory],
    ['that lies on the disk', async () => onDisk()],
  ])('carries a file %s as one mp4 that replaces what was there', async (_where, open) => {
    const { server, port } = await portOnLoopback();
    const file = { content: await open(), name: 'clapper-1.mp4' };
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
      components: taskButtons(done, NO_FACTS),
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

  it('whose file is gone is tried again', async () => {
    const { server, port } = await portOnLoopback();
    const path = join(temporaryFolder(), 'gone.mp4');
    const file = { content: await onDisk(path), name: 'gone.mp4' };
    rmSync(path);
    const result = await port.editByToken(anAddress(), 'secret', done, file, uncut());
    expect(result).toMatchObject({ kind: 'try-again' });
    expect(server.seen.filter(({ body }) => body.includes('the bytes of a video'))).toEqual([]);
  });

  it('answered by something that is not a message is tried again', async () => {
    const { server, port } = await portOnLoopback();
    server.answers.push({ status: 200, body: { hello: 'there' } });
    const result = await port.editByToken(anAddress(), 'secret', view, undefined, uncut());
    expect(result).toMatchObject({ kind: 'try-again' });
  });

  it('leaves nothing behind on a signal that lives as long as the process', async () => {
    const { port } = await portOnLoopback();
    const life = new AbortController();
    for (let edit = 0; edit < 3; edit += 1) {
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

/** The body of a call, as JSON or as a form. */
async function sentBy(call: SeenCall | undefined): Promise<SentMessage> {
  const type = call?.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { ...sentSchema.parse(JSON.parse(call?.body.toString() ?? '')), file: undefined };
  }
  const form = await new Response(call?.body, { headers: { 'content-type': type } }).formData();
  const file = form.get('files[0]');
  if (!(file instanceof File)) throw new Error('no file was sent');
  const payload = form.get('payload_json');
  return {
    ...sentSchema.parse(JSON.parse(typeof payload === 'string' ? payload : '')),
    file: `${file.name} ${file.type} ${await file.text()}`,
  };
}

/** Link buttons; the others are of the second video. */
const rowsSchema = z
  .array(z.object({ components: z.array(z.looseObject({ url: z.string().max(512).optional() })) }))
  .transform((rows) => rows.filter(({ components }) => components.some(({ url }) => url)));

const sentSchema = z.object({
  content: z.string().max(2000),
  embeds: z.array(z.object({ description: z.string().max(4096) })),
  components: rowsSchema,
  allowed_mentions: z.object({ parse: z.array(z.string()).max(0) }),
  attachments: z.array(z.unknown()).optional(),
});
type SentMessage = z.infer<typeof sentSchema> & { readonly file: string | undefined };

const ADDRESSED = [
  ['delivered', { kind: 'delivered', how: 'link', until: 0 }],
  ['lost', { kind: 'result-lost', why: 'gone', showAddress: true }],
] as const;

const addressOf = (length: number): string => 'https://results.test/'.padEnd(length, 'v');

/** What an edit sends. */
async function edited(given: TaskView): Promise<SentMessage> {
  const { server, port } = await portOnLoopback();
  const result = await port.editByToken(anAddress(), 'secret', given, undefined, uncut());
  expect(result).toMatchObject({ kind: 'done' });
  return sentBy(server.seen.at(-1));
}

describe.each(ADDRESSED)('the address of a video that was %s', (_what, outcome) => {
  const addressed = (length: number, changes: Partial<TaskView> = {}): TaskView => ({
    task: aTask({
      secrets: { request: aRequest(), resultUrl: addressOf(length) },
    }),
    outcome,
    ...changes,
  });

  it.each([
    [50, 'button'],
    [511, 'button'],
    [512, 'button'],
    [513, 'text'],
    [1500, 'text'],
    [1900, 'file'],
    [3000, 'file'],
    [9000, 'file'],
  ] as const)('of %i characters is shown completely, once: by the %s', async (length, place) => {
    const address = addressOf(length);
    const { content, embeds, components, file } = await edited(addressed(length));
    expect(components.flatMap((row) => row.components)).toMatchObject(
      place === 'button' ? [{ type: 2, style: 5, url: address }] : [],
    );
    expect(content.includes(address)).toBe(place === 'text');
    expect(file).toBe(place === 'file' ? `link.txt text/plain ${address}\n` : undefined);
    expect(embeds).toEqual([]);
  });

  it('takes precedence over the prompt in the text', async () => {
    const long = addressed(1500);
    const secrets = { ...long.task.secrets, request: aRequest({ prompt: '*'.repeat(5000) }) };
    const { content } = await edited({ ...long, task: { ...long.task, secrets } });
    expect(content).toContain(addressOf(1500));
    expect(content).not.toContain('**\\*');
  });

  it.each([
    [50, 'text'],
    [1500, 'text'],
    [3000, 'embed'],
    [4096, 'embed'],
    [9000, 'nowhere'],
  ] as const)('of %i characters in a text-only message is in the %s', async (length, place) => {
    const sent = await edited(addressed(length, { isTextAlone: true }));
    const address = addressOf(length);
    expect(sent).toMatchObject({ components: [], file: undefined });
    expect(sent.attachments).toBeUndefined();
    expect(sent.content.includes(address)).toBe(place === 'text');
    expect(sent.embeds).toEqual(place === 'embed' ? [{ description: address }] : []);
    expect(sent.content.includes('/privacy export')).toBe(place === 'nowhere');
  });

  it('in raw UTF-8 is written in the form that a browser opens, and counted so', async () => {
    const secrets = { resultUrl: 'https://results.test/视频 1.mp4' };
    const { components } = await edited({ task: aTask({ secrets }), outcome });
    expect(components[0]?.components[0]?.url).toBe(
      'https://results.test/%E8%A7%86%E9%A2%91%201.mp4',
    );
    // 200 characters as they are, 1,800 as they are sent.
    const longer = { resultUrl: `https://results.test/${'视'.repeat(200)}` };
    expect((await edited({ task: aTask({ secrets: longer }), outcome })).components).toEqual([]);
  });

  it.each(['en', 'zh-CN'] as const)(
    'is announced by the text if it is elsewhere: %s',
    async (language) => {
      const texts = await Promise.all(
        [50, 600, 3000].map(async (length) => {
          const { task } = addressed(length);
          return (await edited({ task: { ...task, language }, outcome })).content;
        }),
      );
      expect(texts[0]).toMatch(/button below|下方按钮/);
      expect(texts[1]).not.toMatch(/button below|下方按钮|link\.txt/);
      expect(texts[2]).toContain('`link.txt`');
    },
  );

  it('needs a placeholder message first if a new message carries it in a file', async () => {
    const { server, port } = await portOnLoopback();
    const posted = await port.post(anAddress(), addressed(3000), 'r1', uncut());
    expect(posted).toMatchObject({ kind: 'done', isPlaceholder: true });
    expect(server.seen.at(-1)?.body.toString()).not.toContain('link.txt');
    const other = await port.post(anAddress(), addressed(500), 'r1', uncut());
    expect(other).toEqual({ kind: 'done', messageId: MESSAGE_ID });
    expect(server.seen.at(-1)?.body.toString()).toContain(addressOf(500));
  });
});

describe('a new message whose answer is that of an earlier post', () => {
  const ended: TaskView = { task: aTask(), outcome: { kind: 'cancelled' } };

  it('has to be edited, for it shows what the task showed then', async () => {
    const { server, port } = await portOnLoopback();
    server.answers.push({ status: 200, body: { id: MESSAGE_ID, content: taskText(view) } });
    const posted = await port.post(anAddress(), ended, 'r1', uncut());
    expect(posted).toEqual({ kind: 'done', messageId: MESSAGE_ID, isPlaceholder: true });
  });

  it('is done if that showed the same', async () => {
    const { server, port } = await portOnLoopback();
    server.answers.push({ status: 200, body: { id: MESSAGE_ID, content: taskText(ended) } });
    const posted = await port.post(anAddress(), ended, 'r1', uncut());
    expect(posted).toEqual({ kind: 'done', messageId: MESSAGE_ID });
  });
});

describe('a message that does not show its file', () => {
  const answers: [string, object][] = [
    ['no attachments', { id: MESSAGE_ID, attachments: [] }],
    ['nothing of attachments', { id: MESSAGE_ID }],
    ['attachments that are none', { id: MESSAGE_ID, attachments: [null] }],
  ];

  it.each(answers)('because the answer has %s does not count as done', async (_what, body) => {
    const { server, port } = await portOnLoopback();
    const file = { content: inMemory, name: 'clapper-1.mp4' };
    server.otherwise = () => ({ status: 200, body });
    const byToken = await port.editByToken(anAddress(), 'secret', done, file, uncut());
    const byBot = await port.editInChannel(CHANNEL_ID, MESSAGE_ID, done, file, uncut());
    expect([byToken, byBot]).toEqual([{ kind: 'file-missing' }, { kind: 'file-missing' }]);
    // Without a file none can be missing.
    const text = await port.editByToken(anAddress(), 'secret', view, undefined, uncut());
    expect(text).toMatchObject({ kind: 'done' });
  });
});

describe('a new message', () => {
  it('names its caller, mentions no other member, and is made once per nonce', async () => {
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
