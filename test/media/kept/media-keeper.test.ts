import { expect, it, describe } from 'vitest';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Attachment } from '../../../src/domain/routes/request.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createAttachmentSource } from '../../../src/media/kept/fetch-attachment.ts';
import { createMediaKeeper } from '../../../src/media/kept/media-keeper.ts';
import { aRequest, anAttachment } from '../../fakes/a-request.ts';
import { aTask } from '../../fakes/a-task.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { agentWith, serve } from '../media-fixture.ts';
import { idOf, parts, picture } from './kept-media.ts';

const CONTENT = Buffer.from('a picture of a paper boat');

/** A keeper whose Discord is on loopback, as an operator trusts one. */
async function aKeeper(listener: RequestListener = (_, response) => response.end(CONTENT)) {
  const { origin, requests } = await serve(listener);
  const store = memoryMedia();
  const log = recordingLog();
  const trustedHosts = [{ host: '127.0.0.1' }];
  const source = createAttachmentSource({ agent: agentWith({ trustedHosts }), trustedHosts });
  const stop = new AbortController();
  const deleted = new Set<string>();
  const exists = async (id: string): Promise<boolean> => !deleted.has(id);
  const keeper = createMediaKeeper({ store, source, exists, log, signal: stop.signal });
  return { keeper, store, log, origin, requests, source, stop, deleted };
}

function taskWith(media: Readonly<Record<string, Attachment>>, number = 1): Task {
  const id = idOf(number);
  const task = aTask({ id });
  return { ...task, secrets: { ...task.secrets, request: aRequest({ media }) } };
}

describe('a task’s media', () => {
  it('are copied under their options', async () => {
    const { keeper, store, origin } = await aKeeper();
    const given = { bytes: CONTENT.length, url: `${origin}/a.png?ex=1` };
    keeper.keep(
      taskWith({ image1: anAttachment('image1', given), audio1: anAttachment('audio1', given) }),
    );
    await keeper.settled();
    expect([...store.byName.keys()]).toEqual([`${idOf(1)}-image1`, `${idOf(1)}-audio1`]);
    const { kept, content } = store.byName.get(`${idOf(1)}-image1`) ?? {};
    expect(content).toEqual(CONTENT);
    expect(kept).toMatchObject({ filename: 'picture.png', width: 1280, bytes: CONTENT.length });
    expect(JSON.stringify(kept)).not.toContain(origin);
  });

  it('that are a copy already are copied from there', async () => {
    const { keeper, store, requests } = await aKeeper();
    const kept = await store.keep(picture(1), parts(CONTENT));
    const image1 = anAttachment('image1', { kept, url: '' });
    keeper.keep(taskWith({ image1 }, 2));
    await keeper.settled();
    expect(store.byName.get(`${idOf(2)}-image1`)?.content).toEqual(CONTENT);
    expect(requests).toEqual([]);
  });

  it('are copied for at most two tasks at one time', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const { keeper, store, origin } = await aKeeper((_, response) => {
      held.push(response);
      most = Math.max(most, held.length);
      // Both or none: with one at a time this would wait for ever.
      if (held.length === 2) for (const one of held.splice(0)) one.end(CONTENT);
    });
    const image1 = anAttachment('image1', { bytes: CONTENT.length, url: `${origin}/a.png` });
    for (let number = 1; number <= 20; number += 1) keeper.keep(taskWith({ image1 }, number));
    await keeper.settled();
    expect(store.byName.size).toBe(20);
    expect(most).toBe(2);
  });
});

describe('of a task that was deleted nothing is copied', () => {
  const given = { bytes: CONTENT.length };

  it('while it waited for its turn', async () => {
    const held: ServerResponse[] = [];
    const { keeper, store, origin, deleted } = await aKeeper((_, response) => {
      held.push(response);
      if (held.length < 2) return;
      deleted.add(idOf(3));
      for (const one of held.splice(0)) one.end(CONTENT);
    });
    const image1 = anAttachment('image1', { ...given, url: `${origin}/a.png` });
    for (const number of [1, 2, 3]) keeper.keep(taskWith({ image1 }, number));
    await keeper.settled();
    expect([...store.byName.keys()]).toEqual([`${idOf(1)}-image1`, `${idOf(2)}-image1`]);
  });

  it('or kept, if that was while a copy was made', async () => {
    const { keeper, store, origin, deleted } = await aKeeper((_, response) => {
      deleted.add(idOf(1));
      response.end(CONTENT);
    });
    const image1 = anAttachment('image1', { ...given, url: `${origin}/a.png` });
    keeper.keep(taskWith({ image1, image2: image1 }));
    await keeper.settled();
    expect(store.byName.size).toBe(0);
  });
});

describe('a copy that fails costs nothing but itself', () => {
  const failures: Readonly<Record<string, RequestListener>> = {
    'a status': (_, response) => response.writeHead(404).end(CONTENT),
    'a redirect, which is not followed': (_, response) =>
      response.writeHead(302, { location: 'https://cdn.discordapp.com/x' }).end(),
    'fewer bytes than Discord said': (_, response) => response.end(CONTENT.subarray(1)),
    'more bytes than Discord said': (_, response) =>
      response.end(Buffer.concat([CONTENT, CONTENT])),
    'a cut': (_, response) => {
      response.write(CONTENT.subarray(0, 5));
      response.socket?.destroy();
    },
  };

  it.each(Object.entries(failures))('for %s', async (_, listener) => {
    const { keeper, store, log, origin } = await aKeeper(listener);
    const url = `${origin}/a.png?hm=secret`;
    keeper.keep(taskWith({ image1: anAttachment('image1', { bytes: CONTENT.length, url }) }));
    await keeper.settled();
    expect(store.byName.size).toBe(0);
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'attached media not kept' }]);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });

  it.each([
    ['another public host', 'https://example.com/a.png'],
    ['a host that ends like Discord’s', 'https://evil-cdn.discordapp.com/a.png'],
    ['plain http', 'http://cdn.discordapp.com/a.png'],
    ['a private address', 'https://10.0.0.1/a.png'],
    ['no address', ''],
  ])('for %s, which is not asked', async (_, url) => {
    const { keeper, store, log } = await aKeeper();
    keeper.keep(taskWith({ image1: anAttachment('image1', { bytes: CONTENT.length, url }) }));
    await keeper.settled();
    expect(store.byName.size).toBe(0);
    expect(log.lines).toHaveLength(1);
  });

  it('when the bot stops meanwhile', async () => {
    const { keeper, store, origin, stop } = await aKeeper((_, response) => {
      response.write(CONTENT.subarray(0, 5));
      stop.abort();
    });
    const image1 = anAttachment('image1', { bytes: CONTENT.length, url: `${origin}/a.png` });
    for (const number of [1, 2, 3]) keeper.keep(taskWith({ image1 }, number));
    await keeper.settled();
    expect(store.byName.size).toBe(0);
  });
});

describe('whether an address still answers', () => {
  it.each([
    [200, true],
    [404, false],
    [302, false],
  ])('is asked by HEAD: %i', async (status, isThere) => {
    const { source, origin, requests } = await aKeeper((_, response) =>
      response.writeHead(status).end(),
    );
    const attachment = anAttachment('video1', { url: `${origin}/a.mp4` });
    const { signal } = new AbortController();
    await expect(source.isThere(attachment, signal)).resolves.toBe(isThere);
    expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('is not asked of anybody but Discord', async () => {
    const { source } = await aKeeper();
    const { signal } = new AbortController();
    const attachment = anAttachment('video1', { url: 'https://example.com/a.mp4' });
    await expect(source.isThere(attachment, signal)).resolves.toBe(false);
  });
});
