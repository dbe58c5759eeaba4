import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { loadDiscordOpenApi, OPENAPI_SKIP_REASON } from './discord-openapi.ts';
import { createRest } from './rest-client.ts';

const openApi = loadDiscordOpenApi();
const title = openApi === undefined ? `skipped: ${OPENAPI_SKIP_REASON}` : 'by the OpenAPI document';

const PNG = { name: 'p.png', type: 'image/png' };
const MP4 = { name: 'v.mp4' };
const ROW = {
  type: 1,
  components: [
    { type: 2, style: 1, label: 'a', custom_id: 'a' },
    { type: 2, style: 5, label: 'b', url: 'https://example.org/' },
  ],
};
const MENUS = [3, 5, 6, 7, 8].map((type) => ({
  type: 1,
  components: [
    {
      type,
      custom_id: `m${type}`,
      ...(type === 3 ? { options: [{ label: 'x', value: 'x' }] } : {}),
    },
  ],
}));
const LEGACY = {
  content: 'text',
  embeds: [
    {
      title: 't',
      description: 'd',
      url: 'https://example.org/',
      color: 5,
      timestamp: '2026-01-01T00:00:00.000Z',
      fields: [{ name: 'n', value: 'v' }],
      footer: { text: 'f' },
      author: { name: 'a' },
      image: { url: 'attachment://p.png' },
      thumbnail: { url: 'https://example.org/t.png' },
    },
  ],
};
const EVERYTHING_V2 = {
  flags: 1 << 15,
  components: [
    { type: 10, content: 'text' },
    {
      type: 17,
      components: [
        {
          type: 9,
          components: [{ type: 10, content: 'a' }],
          accessory: { type: 11, media: { url: 'attachment://p.png' } },
        },
        { type: 12, items: [{ media: { url: 'attachment://v.mp4' } }] },
        { type: 13, file: { url: 'attachment://v.mp4' } },
        { type: 14 },
        ROW,
      ],
    },
  ],
};

const forwardSchema = z.object({ message_snapshots: z.array(z.unknown()).length(1) });

function schemaErrors(schema: string, value: unknown): string[] {
  return openApi?.validate(schema, value) ?? ['no document'];
}

describe.skipIf(openApi === undefined)(`the answers of the simulation are valid ${title}`, () => {
  let discord: SimulatedDiscord;
  beforeAll(async () => {
    discord = await startSimulatedDiscord();
  });
  afterAll(async () => await discord.close());

  it.each([
    ['/gateway/bot', 'GatewayBotResponse'],
    ['/applications/@me', 'PrivateApplicationResponse'],
    ['/users/@me', 'UserPIIResponse'],
  ])('GET %s as %s', async (path, schema) => {
    const { body } = await createRest(discord).call('GET', path);
    expect(schemaErrors(schema, body)).toEqual([]);
  });

  it('GET /users/@me/guilds as MyGuildResponse', async () => {
    const { body } = await createRest(discord).call('GET', '/users/@me/guilds');
    expect(Array.isArray(body) ? body : []).toHaveLength(1);
    expect(schemaErrors('MyGuildResponse', Array.isArray(body) ? body[0] : undefined)).toEqual([]);
  });

  it('a guild, the bot as its member, and a channel with the bot’s permissions', async () => {
    const rest = createRest(discord);
    const { guildId, botUserId, channelId } = discord;
    const paths = [
      [`/guilds/${guildId}`, 'GuildWithCountsResponse'],
      [`/guilds/${guildId}/members/${botUserId}`, 'GuildMemberResponse'],
      [`/channels/${channelId}`, 'GuildChannelResponse'],
    ] as const;
    for (const [path, schema] of paths) {
      const { status, body } = await rest.call('GET', path);
      expect(status).toBe(200);
      expect(schemaErrors(schema, body)).toEqual([]);
    }
  });

  it.each([
    ['a plain message', { content: 'a', nonce: 'n' }, []],
    ['embeds and files', LEGACY, [PNG, MP4]],
    ['buttons and menus', { content: 'a', components: [...MENUS.slice(0, 4), ROW] }, []],
    ['a channel menu', { content: 'a', components: MENUS.slice(4) }, []],
    ['every V2 component', EVERYTHING_V2, [PNG, MP4]],
  ])('%s as MessageResponse', async (_rule, json, files) => {
    const rest = createRest(discord);
    const posted = await rest.call('POST', rest.channel(), json, { files });
    expect(posted.status).toBe(200);
    expect(schemaErrors('MessageResponse', posted.body)).toEqual([]);
    const id = discord.messages().at(-1)?.id ?? '';
    const reply = { content: 'r', message_reference: { message_id: id } };
    expect(
      schemaErrors('MessageResponse', (await rest.call('POST', rest.channel(), reply)).body),
    ).toEqual([]);
    const edit = await rest.call('PATCH', rest.channel(id), {
      components: [],
      content: 'b',
      ...('flags' in json ? EVERYTHING_V2 : {}),
      ...('flags' in json ? { content: null } : {}),
    });
    expect(schemaErrors('MessageResponse', edit.body)).toEqual([]);
  });

  it.each([
    ['a deferral', { type: 5 }],
    ['a message', { type: 4, data: LEGACY }],
    ['a V2 message', { type: 4, data: EVERYTHING_V2 }],
    [
      'a modal',
      {
        type: 9,
        data: {
          title: 't',
          custom_id: 'c',
          components: [{ type: 18, label: 'l', component: { type: 4, style: 1, custom_id: 'i' } }],
        },
      },
    ],
  ])(
    'the callback of %s as InteractionCallbackResponse, and what follows as MessageResponse',
    async (_rule, json) => {
      const rest = createRest(discord);
      const sent = await rest.slash();
      const callback = await rest.acknowledge(sent, json, [PNG, MP4]);
      expect(callback.status).toBe(200);
      expect(schemaErrors('InteractionCallbackResponse', callback.body)).toEqual([]);
      if (sent.message() === null) {
        return;
      }
      const { body } = await rest.call('GET', rest.webhook(sent, '@original'), undefined, {
        token: null,
      });
      expect(schemaErrors('MessageResponse', body)).toEqual([]);
    },
  );

  it('the overrides of a command as CommandPermissionsResponse', async () => {
    const rest = createRest(discord);
    await rest.slash();
    discord.setCommandPermissions('ping', [{ id: discord.guildId, type: 1, permission: false }]);
    const path = `${rest.guildCommands(discord.guildId)}/permissions`;
    const { body } = await rest.call('GET', path);
    const [entry] = z.array(z.unknown()).length(1).parse(body);
    expect(schemaErrors('CommandPermissionsResponse', entry)).toEqual([]);
    discord.setCommandPermissions('ping', undefined);
  });

  it('the snapshot in a forward as MessageSnapshotResponse', async () => {
    const rest = createRest(discord);
    for (const json of [LEGACY, EVERYTHING_V2]) {
      await rest.call('POST', rest.channel(), json, { files: [PNG, MP4] });
      const original = discord.messages().at(-1)?.id ?? '';
      const reference = { type: 1, message_id: original, channel_id: discord.channelId };
      const sent = await rest.call('POST', rest.channel(), { message_reference: reference });
      const snapshots = forwardSchema.parse(sent.body);
      const [snapshot] = snapshots.message_snapshots;
      expect(schemaErrors('MessageSnapshotResponse', snapshot)).toEqual([]);
    }
  });

  it('a private channel and a thread', async () => {
    const rest = createRest(discord);
    const { guildId, channelId } = discord;
    const hidden = discord.world.addChannel(guildId, { name: 'private', isPrivate: true });
    const thread = discord.world.addChannel(guildId, { name: 'thread', parentId: channelId });
    for (const [id, schema] of [
      [hidden.id, 'GuildChannelResponse'],
      [thread.id, 'ThreadResponse'],
    ] as const) {
      const { body } = await rest.call('GET', `/channels/${id}`);
      expect(schemaErrors(schema, body)).toEqual([]);
    }
  });

  it('the update by a component as both', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 4, data: { content: 'a', components: [ROW] } });
    const clicked = await discord.member().click(sent.message() ?? '', 'a');
    const callback = await rest.acknowledge(clicked, { type: 7, data: { content: 'b' } });
    expect(schemaErrors('InteractionCallbackResponse', callback.body)).toEqual([]);
    const follow = await rest.call(
      'POST',
      rest.webhook(clicked),
      { content: 'c' },
      { token: null },
    );
    expect(schemaErrors('MessageResponse', follow.body)).toEqual([]);
  });

  it('registered commands as ApplicationCommandResponse, and a refusal as ErrorResponse', async () => {
    const rest = createRest(discord);
    const options = [
      { type: 3, name: 'a', description: 'd', choices: [{ name: 'x', value: 'x' }] },
    ];
    const { body } = await rest.call('PUT', rest.commands, [
      { name: 'c', description: 'd', options },
      { type: 3, name: 'Report' },
    ]);
    for (const command of Array.isArray(body) ? body : [undefined]) {
      expect(schemaErrors('ApplicationCommandResponse', command)).toEqual([]);
    }
    const refused = await rest.call('GET', rest.channel('123456789012345678'));
    expect(schemaErrors('ErrorResponse', refused.body)).toEqual([]);
    expect(schemaErrors('MessageResponse', refused.body)).not.toEqual([]);
  });
});
