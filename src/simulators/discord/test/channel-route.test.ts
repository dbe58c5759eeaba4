import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

let discord: SimulatedDiscord;
beforeEach(async () => {
  discord = await startSimulatedDiscord({ now: () => Date.UTC(2026, 0, 1) });
});
afterEach(async () => await discord.close());

describe('the channel route', () => {
  it.each([
    ['no token', null],
    ['a wrong token', 'wrong'],
  ])('answers 401 with Discord’s message to %s', async (_rule, token) => {
    const rest = createRest(discord);
    for (const [method, path] of [
      ['GET', '/gateway/bot'],
      ['GET', '/users/@me'],
      ['POST', rest.channel()],
    ] as const) {
      const answer = await rest.call(
        method,
        path,
        method === 'POST' ? { content: 'a' } : undefined,
        { token },
      );
      expect(answer).toMatchObject({
        status: 401,
        body: { message: '401: Unauthorized', code: 0 },
      });
    }
  });

  it.each([
    ['that is unknown', 404, 10003, () => discord.world.deleteChannel(discord.channelId)],
    [
      'that is hidden from the bot',
      403,
      50001,
      () => discord.world.setBotPermissions(discord.channelId, { view: false }),
    ],
    [
      'of a guild the bot left',
      403,
      50001,
      () => discord.world.setBotMembership(discord.guildId, false),
    ],
    [
      'where the bot may not write',
      403,
      50013,
      () => discord.world.setBotPermissions(discord.channelId, { send: false }),
    ],
    [
      'where the bot may not attach',
      403,
      50013,
      () => discord.world.setBotPermissions(discord.channelId, { attach: false }),
    ],
  ])('refuses a post in a channel %s', async (_rule, status, code, change) => {
    const rest = createRest(discord);
    change();
    const answer = await rest.call(
      'POST',
      rest.channel(),
      { content: 'a' },
      { files: [{ name: 'a.mp4' }] },
    );
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('edits a response of an interaction while the channel is visible', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 5 });
    const id = sent.message()?.id ?? '';
    expect(await rest.call('PATCH', rest.channel(id), { content: 'late' })).toMatchObject({
      status: 200,
    });
    expect(sent.versions().at(-1)).toMatchObject({ content: 'late', via: 'channel' });
    discord.world.setBotPermissions(discord.channelId, { view: false });
    expect(await rest.call('PATCH', rest.channel(id), { content: 'hidden' })).toMatchObject({
      body: { code: 50001 },
    });
  });

  it('neither edits nor deletes messages of other users', async () => {
    const rest = createRest(discord);
    const { id } = discord.member().say(discord.channelId, 'hello');
    expect(await rest.call('PATCH', rest.channel(id), { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50005 },
    });
    expect(await rest.call('DELETE', rest.channel(id))).toMatchObject({
      status: 403,
      body: { code: 50013 },
    });
  });

  it('does not edit in an archived thread: 50083', async () => {
    const rest = createRest(discord);
    await rest.call('POST', rest.channel(), { content: 'a' });
    const channel = discord.world.channel(discord.channelId);
    expect(channel).toBeDefined();
    Object.assign(channel ?? {}, { archived: true });
    const id = discord.messages()[0]?.id;
    expect(await rest.call('PATCH', rest.channel(id), { content: 'b' })).toMatchObject({
      body: { code: 50083 },
    });
  });

  it('posts once for an enforced nonce within three minutes', async () => {
    const rest = createRest(discord);
    const post = async (body: object): Promise<number> => {
      expect(
        await rest.call('POST', rest.channel(), { content: 'a', nonce: 'n', ...body }),
      ).toMatchObject({ status: 200 });
      return discord.messages().length;
    };
    expect(await post({ enforce_nonce: true })).toBe(1);
    discord.advance(179_999);
    expect(await post({ enforce_nonce: true })).toBe(1);
    expect(await post({})).toBe(2);
    discord.advance(180_001);
    expect(await post({ enforce_nonce: true })).toBe(3);
  });

  it('answers 404 for an unknown route and 405 for a wrong method', async () => {
    const rest = createRest(discord);
    expect(await rest.call('GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 0 } });
    expect(await rest.call('PUT', rest.channel(), {})).toMatchObject({ status: 405 });
  });
});

describe('a notification', () => {
  it('is limited by allowed_mentions, and never sent for an edit', async () => {
    const rest = createRest(discord);
    const ada = discord.member();
    const role = discord.world.addRole(discord.guildId, { name: 'team' });
    const content = `<@${ada.id}> <@&${role.id}> @everyone`;
    const kinds = async (body: object): Promise<string[]> => {
      const before = discord.notifications.length;
      await rest.call('POST', rest.channel(), body);
      return discord.notifications.slice(before).map(({ kind }) => kind);
    };
    expect(await kinds({ content })).toEqual(['user', 'role', 'everyone']);
    expect(await kinds({ content, allowed_mentions: { parse: [] } })).toEqual([]);
    expect(await kinds({ content, allowed_mentions: { users: [ada.id] } })).toEqual(['user']);
    expect(await kinds({ content: 'quiet', embeds: [{ description: content }] })).toEqual([]);
    expect(await kinds({ flags: 1 << 15, components: [{ type: 10, content }] })).toEqual([
      'user',
      'role',
      'everyone',
    ]);

    const before = discord.notifications.length;
    const id = discord.messages()[1]?.id;
    await rest.call('PATCH', rest.channel(id), { content: `${content} again` });
    expect(discord.notifications).toHaveLength(before);
  });

  it('of an interaction reaches only users by default', async () => {
    const rest = createRest(discord);
    const ada = discord.member();
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 4, data: { content: `<@${ada.id}> @everyone` } });
    expect(discord.notifications).toMatchObject([{ kind: 'user', id: ada.id }]);
  });

  it('of a reply reaches the replied author unless allowed_mentions excludes it', async () => {
    const rest = createRest(discord);
    const ada = discord.member();
    const { id } = ada.say(discord.channelId, 'hello');
    const reply = { content: 'a', message_reference: { message_id: id } };
    await rest.call('POST', rest.channel(), { ...reply, allowed_mentions: { parse: [] } });
    expect(discord.notifications).toEqual([]);
    await rest.call('POST', rest.channel(), reply);
    expect(discord.notifications).toMatchObject([{ kind: 'user', id: ada.id }]);
    expect(discord.messages().at(-1)?.repliesTo).toBe(id);
  });
});
