import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OptionValue, SendOptions } from '../actors/api.ts';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

const PAYLOAD = z.object({
  options: z.array(z.looseObject({ value: z.unknown() })),
  resolved: z.looseObject({
    attachments: z.record(z.string(), z.looseObject({ url: z.string() })),
  }),
});

const COMMANDS = [
  {
    name: 'make',
    description: 'd',
    contexts: [0],
    options: [
      { type: 3, name: 'text', description: 'd', required: true, min_length: 2, max_length: 4 },
      { type: 4, name: 'count', description: 'd', min_value: 1, max_value: 15 },
      { type: 3, name: 'size', description: 'd', choices: [{ name: 'Small', value: 's' }] },
      { type: 5, name: 'sound', description: 'd' },
      { type: 6, name: 'who', description: 'd' },
      { type: 8, name: 'role', description: 'd' },
      { type: 7, name: 'where', description: 'd' },
      { type: 11, name: 'file', description: 'd', file_types: ['image', '.mp4'] },
    ],
  },
  { name: 'admin', description: 'd', default_member_permissions: '32' },
  {
    name: 'quota',
    description: 'd',
    options: [
      {
        type: 1,
        name: 'set',
        description: 'd',
        options: [{ type: 4, name: 'limit', description: 'd', required: true }],
      },
    ],
  },
  { type: 2, name: 'Show quota' },
  { type: 3, name: 'Report' },
];

let discord: SimulatedDiscord;
beforeAll(async () => {
  discord = await startSimulatedDiscord({ backstopMs: 50 });
  const rest = createRest(discord);
  await rest.call('PUT', rest.commands, COMMANDS);
});
afterAll(async () => await discord.close());

type Given = Record<string, OptionValue>;
const file = (filename: string, bytes = 1) => ({ filename, bytes: new Uint8Array(bytes) });

describe('the client of a member', () => {
  it.each<readonly [string, string, Given, SendOptions, string]>([
    ['an unknown command', 'nothing', {}, {}, 'there is no command /nothing'],
    ['a missing option', 'make', {}, {}, 'option text: is required'],
    ['an unknown option', 'make', { text: 'ab', other: 1 }, {}, 'there is no option other'],
    ['a text too short', 'make', { text: 'a' }, {}, '1 characters, allowed 2 to 4'],
    [
      'a text too long, counted in code points',
      'make',
      { text: '🦊🦊🦊🦊🦊' },
      {},
      '5 characters, allowed 2 to 4',
    ],
    ['a number for a text', 'make', { text: 5 }, {}, 'not a text'],
    ['a number out of range', 'make', { text: 'ab', count: 16 }, {}, '16, allowed 1 to 15'],
    ['a fraction', 'make', { text: 'ab', count: 1.5 }, {}, 'not a whole number'],
    ['what is not a choice', 'make', { text: 'ab', size: 'xl' }, {}, 'is not one of the choices'],
    ['a text for a boolean', 'make', { text: 'ab', sound: 'yes' }, {}, 'neither true nor false'],
    ['a name for a person', 'make', { text: 'ab', who: 'ada' }, {}, 'not an id'],
    [
      'a file of another type',
      'make',
      { text: 'ab', file: file('a.exe') },
      {},
      'of a type that is not allowed',
    ],
    [
      'a file beyond the limit',
      'make',
      { text: 'ab', file: file('a.png', 20 * 1024 * 1024 + 1) },
      {},
      'larger than this person may upload',
    ],
    [
      'a command in another context',
      'make',
      { text: 'ab' },
      { context: 1 },
      'not offered in this context',
    ],
    [
      'a command without the permission',
      'admin',
      {},
      {},
      '/admin is not offered to this member here',
    ],
    ['a command that has sub-commands', 'quota', {}, {}, 'through one of them'],
    ['an unknown sub-command', 'quota drop', {}, {}, 'no sub-command drop'],
  ])('refuses %s, unless it is raw', async (_rule, command, options, send, message) => {
    const ada = discord.member();
    const before = discord.interactions.length;
    await expect(ada.slash(discord.channelId, command, options, send)).rejects.toThrow(message);
    expect(discord.interactions).toHaveLength(before);
    await ada.slash(discord.channelId, command, options, { ...send, raw: true });
    expect(discord.interactions).toHaveLength(before + 1);
  });

  it('sends the filled-in options with their resolved data', async () => {
    const ada = discord.member({ username: 'ada' });
    const role = discord.world.addRole(discord.guildId, { name: 'team' });
    const given = {
      text: '🦊🦊🦊🦊',
      count: 15,
      size: 's',
      sound: false,
      who: ada,
      role,
      where: discord.channelId,
      file: file('a.PNG'),
    };
    const { payload } = await ada.slash(discord.channelId, 'make', given);
    const { options, resolved } = PAYLOAD.parse(payload['data']);
    const attachment = String(options.at(-1)?.value);
    const url = resolved.attachments[attachment]?.url ?? '';
    expect(options).toMatchObject([
      { name: 'text', type: 3, value: '🦊🦊🦊🦊' },
      { name: 'count', type: 4, value: 15 },
      { name: 'size', type: 3, value: 's' },
      { name: 'sound', type: 5, value: false },
      { name: 'who', type: 6, value: ada.id },
      { name: 'role', type: 8, value: role.id },
      { name: 'where', type: 7, value: discord.channelId },
      { name: 'file', type: 11 },
    ]);
    expect(resolved).toMatchObject({
      users: { [ada.id]: { username: 'ada' } },
      members: { [ada.id]: { roles: [] } },
      roles: { [role.id]: { name: 'team' } },
      channels: { [discord.channelId]: { name: 'general', type: 0 } },
      attachments: {
        [attachment]: { filename: 'a.PNG', size: 1, content_type: 'image/png', ephemeral: true },
      },
    });
    expect(attachment).toMatch(/^\d{18,19}$/u);
    expect((await fetch(url)).status).toBe(200);
    discord.removeAttachment(attachment);
    expect((await fetch(url)).status).toBe(404);
  });

  it('nests sub-commands', async () => {
    const { payload } = await discord.member().slash(discord.channelId, 'quota set', { limit: 3 });
    expect(payload['data']).toMatchObject({
      name: 'quota',
      options: [{ type: 1, name: 'set', options: [{ name: 'limit', value: 3 }] }],
    });
  });

  it('sends other contexts, and lets the test alter the payload', async () => {
    const send: SendOptions = { raw: true, context: 2, installedBy: 'user' };
    const ada = discord.member();
    const { payload } = await ada.slash(discord.channelId, 'make', {}, send);
    expect(payload).toMatchObject({
      context: 2,
      authorizing_integration_owners: { 1: ada.id },
      user: { id: ada.id },
    });
    expect(Object.keys(payload)).not.toContain('guild_id');
    const changed = await ada.slash(
      discord.channelId,
      'make',
      { text: 'ab' },
      { alter: (given) => ({ ...given, locale: 'xx' }) },
    );
    expect(changed.payload['locale']).toBe('xx');
  });

  it('opens the context menus of a person and of a message', async () => {
    const ada = discord.member({ username: 'ada' });
    const { id } = ada.say(discord.channelId, 'hello');
    const onUser = await ada.contextMenu(discord.channelId, 'Show quota', { userId: ada.id });
    const onMessage = await ada.contextMenu(discord.channelId, 'Report', { messageId: id });
    expect(onUser.payload['data']).toMatchObject({
      type: 2,
      target_id: ada.id,
      resolved: { users: { [ada.id]: { username: 'ada' } } },
    });
    expect(onMessage.payload['data']).toMatchObject({
      type: 3,
      target_id: id,
      resolved: { messages: { [id]: { content: 'hello' } } },
    });
  });

  it('uses only components that exist and that the member sees', async () => {
    const rest = createRest(discord);
    const [ada, bob] = [discord.member(), discord.member()];
    const sent = await ada.slash(discord.channelId, 'make', { text: 'ab' });
    const components = [
      {
        type: 1,
        components: [
          { type: 2, style: 1, label: 'a', custom_id: 'a' },
          { type: 2, style: 1, label: 'b', custom_id: 'b', disabled: true },
        ],
      },
      { type: 1, components: [{ type: 3, custom_id: 'm', options: [{ label: 'x', value: 'x' }] }] },
    ];
    await rest.acknowledge(sent, { type: 4, data: { components, flags: 64 } });
    const message = sent.message() ?? '';
    await expect(bob.click(message, 'a')).rejects.toThrow('sees no such message');
    await expect(ada.click(message, 'b')).rejects.toThrow('is disabled');
    await expect(ada.click(message, 'c')).rejects.toThrow('has no component c');
    await expect(ada.click(message, 'm')).rejects.toThrow('is a menu');
    await expect(ada.selectMenu(message, 'm', ['y'])).rejects.toThrow('not an option');
    await expect(ada.selectMenu(message, 'm', ['x', 'x'])).rejects.toThrow('2 values');
    const clicked = await ada.click(message, 'a');
    expect(clicked.payload).toMatchObject({
      type: 3,
      data: { custom_id: 'a', component_type: 2 },
      message: { id: sent.message()?.id },
    });
    expect((await bob.click(message, 'gone', { raw: true })).payload['data']).toMatchObject({
      custom_id: 'gone',
    });
  });

  it('rejects after the backstop with a dump of what happened', async () => {
    const sent = await discord.member().slash(discord.channelId, 'make', { text: 'ab' });
    await expect(sent.acknowledged).rejects.toThrow('not acknowledged');
    await expect(sent.waitFor(() => true, { label: 'a message' })).rejects.toThrow(
      /a message[^]*requests:[^]*PUT/u,
    );
  });
});
