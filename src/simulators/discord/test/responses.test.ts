import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

let discord: SimulatedDiscord;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  discord = await startSimulatedDiscord({ now: () => now });
});
afterEach(async () => await discord.close());

describe('the response to an interaction', () => {
  it('starts as a loading message, is filled by the first edit, and keeps its history', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    const callback = await rest.acknowledge(sent, { type: 5 });
    discord.advance(1000);
    const filled = await rest.call(
      'PATCH',
      rest.webhook(sent, '%40original'),
      { content: 'one' },
      { token: null },
    );
    discord.advance(1000);
    const edited = await rest.call(
      'PATCH',
      rest.webhook(sent, '@original'),
      { content: 'two' },
      { token: null },
    );

    const id = sent.message()?.id;
    expect(callback.body).toEqual({
      interaction: {
        id: sent.id,
        type: 2,
        response_message_id: id,
        response_message_loading: true,
        response_message_ephemeral: false,
      },
    });
    expect(filled.body).toMatchObject({ id, content: 'one', flags: 0, edited_timestamp: null });
    expect(edited.body).toMatchObject({ id, edited_timestamp: new Date(now + 2000).toISOString() });
    expect(
      sent.versions().map(({ content, loading, at, via }) => [content, loading, at - now, via]),
    ).toEqual([
      ['', true, 0, 'callback'],
      ['one', false, 1000, 'webhook'],
      ['two', false, 2000, 'webhook'],
    ]);
  });

  it('without with_response is a 204 without a content type', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    const answer = await rest.call(
      'POST',
      `/interactions/${sent.id}/${sent.token}/callback`,
      { type: 5 },
      { token: null },
    );
    expect(answer.status).toBe(204);
    expect(answer.headers.has('content-type')).toBe(false);
  });

  it('when ephemeral cannot be reached by the channel route', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 4, data: { content: 'secret', flags: 64 } });
    const id = sent.message()?.id ?? '';
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await rest.call(
        method,
        rest.channel(id),
        method === 'PATCH' ? { content: 'x' } : undefined,
      );
      expect(answer).toMatchObject({ status: 404, body: { code: 10008 } });
    }
    expect(
      await rest.call('GET', rest.webhook(sent, id), undefined, { token: null }),
    ).toMatchObject({
      status: 200,
      body: { flags: 64, content: 'secret' },
    });
  });

  it('is filled by a follow-up straight after a deferral, and only then', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 5 });
    await rest.call('POST', rest.webhook(sent), { content: 'fills', flags: 64 }, { token: null });
    await rest.call('POST', rest.webhook(sent), { content: 'follows', flags: 64 }, { token: null });
    expect(sent.message()).toMatchObject({ content: 'fills', ephemeral: false, loading: false });
    expect(sent.followUps()).toMatchObject([{ content: 'follows', ephemeral: true }]);
  });

  it('allows five follow-ups if only a user installed the app: 40094', async () => {
    const rest = createRest(discord);
    await rest.call('PUT', rest.commands, [{ name: 'ping', description: 'd' }]);
    const sent = await discord
      .member()
      .slash(discord.channelId, 'ping', {}, { installedBy: 'user' });
    await rest.acknowledge(sent, { type: 4, data: { content: 'a' } });
    const codes: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      codes.push(
        (await rest.call('POST', rest.webhook(sent), { content: 'b' }, { token: null })).status,
      );
    }
    expect(codes).toEqual([200, 200, 200, 200, 200, 400]);
    expect(discord.requests.at(-1)?.code).toBe(40094);
  });

  it.each([
    [
      'another application',
      (path: string) => path.replace('110000000000000001', '110000000000000009'),
      404,
      10015,
    ],
    [
      'a token that never existed',
      (path: string) => path.replace(/[^/]{20,}(?=\/messages)/u, 'nonsense'),
      401,
      50027,
    ],
    [
      'another message',
      (path: string) => path.replace('@original', '123456789012345678'),
      404,
      10008,
    ],
  ])('by %s is not found', async (_rule, change, status, code) => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 5 });
    const answer = await rest.call(
      'PATCH',
      change(rest.webhook(sent, '@original')),
      { content: 'x' },
      { token: null },
    );
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('does not exist before the callback, nor after the bot was removed: 10015', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    const path = rest.webhook(sent, '@original');
    expect(await rest.call('GET', path, undefined, { token: null })).toMatchObject({
      body: { code: 10015 },
    });
    await rest.acknowledge(sent, { type: 5 });
    discord.world.setBotMembership(discord.guildId, false);
    expect(await rest.call('GET', path, undefined, { token: null })).toMatchObject({
      body: { code: 10015 },
    });
  });

  it('is unknown once deleted: 10008', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 4, data: { content: 'a' } });
    discord.deleteMessage(sent.message()?.id ?? '');
    const answer = await rest.call(
      'PATCH',
      rest.webhook(sent, '@original'),
      { content: 'b' },
      { token: null },
    );
    expect(answer).toMatchObject({ status: 404, body: { code: 10008 } });
    expect(sent.message()?.deleted).toBe(true);
  });
});

describe('attachments', () => {
  it('are kept by an edit without a list, and replaced by one with a list', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 5 });
    const path = rest.webhook(sent, '@original');
    const edit = async (json: object, ...names: string[]): Promise<string[]> => {
      const files = names.map((name) => ({ name }));
      const options = names.length === 0 ? { token: null } : { token: null, files };
      await rest.call('PATCH', path, json, options);
      return sent.message()?.attachments.map(({ filename }) => filename) ?? [];
    };
    expect(await edit({}, 'a.mp4')).toEqual(['a.mp4']);
    expect(await edit({ content: 'text' })).toEqual(['a.mp4']);
    expect(await edit({}, 'b.mp4')).toEqual(['a.mp4', 'b.mp4']);
    const second = sent.message()?.attachments[1]?.id;
    expect(
      await edit({ attachments: [{ id: second }, { id: 0, filename: 'c.mp4' }] }, 'upload.mp4'),
    ).toEqual(['b.mp4', 'c.mp4']);
    expect(await edit({ attachments: [] })).toEqual([]);
  });

  it('of a V2 message are shown only by a component, and then missing from `attachments`', async () => {
    const rest = createRest(discord);
    const components = [{ type: 12, items: [{ media: { url: 'attachment://a.mp4' } }] }];
    const answer = await rest.call(
      'POST',
      rest.channel(),
      { flags: 1 << 15, components },
      { files: [{ name: 'a.mp4' }, { name: 'b.mp4' }] },
    );
    const [message] = discord.messages();
    expect(message?.attachments.map(({ filename, shown }) => [filename, shown])).toEqual([
      ['a.mp4', true],
      ['b.mp4', false],
    ]);
    expect(answer.body).toMatchObject({ attachments: [{ filename: 'b.mp4' }] });
    expect(answer.body).toMatchObject({
      components: [{ items: [{ media: { attachment_id: message?.attachments[0]?.id } }] }],
    });
  });

  it.each([
    ['interaction', 3000, 200],
    ['interaction', 3001, 413],
    ['channel', 2000, 200],
    ['channel', 2001, 413],
  ])('by the %s route of %i bytes answer %i', async (route, bytes, status) => {
    const small = await startSimulatedDiscord({ defaultAttachmentSizeLimit: 2000 });
    const rest = createRest(small);
    await rest.call('PUT', rest.commands, [{ name: 'ping', description: 'd' }]);
    const sent = await small.member({ attachmentSizeLimit: 3000 }).slash(small.channelId, 'ping');
    expect(sent.payload['attachment_size_limit']).toBe(3000);
    await rest.acknowledge(sent, { type: 5 });
    const files = [{ name: 'a.mp4', bytes }];
    const answer =
      route === 'channel'
        ? await rest.call('POST', rest.channel(), {}, { files })
        : await rest.call('PATCH', rest.webhook(sent, '@original'), {}, { files, token: null });
    expect(answer).toMatchObject(status === 413 ? { status, body: { code: 40005 } } : { status });
    await small.close();
  });
});
