import { once } from 'node:events';
import { Client, Events, GatewayDispatchEvents } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberActor } from '../actors/api.ts';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import type { CommandPermission } from '../world/command-permissions.ts';
import { PERMISSION } from '../world/permissions.ts';
import { createRest } from './rest-client.ts';

const EVERYONE = '120000000000000001';
const ALL_CHANNELS = '120000000000000000';
const GENERAL = '130000000000000001';
const OTHER = '130000000000000002';
const THREAD = '130000000000000003';
const ARTISTS = '140000000000000001';
const GUESTS = '140000000000000002';
const ADA = '150000000000000001';

const GUILD = {
  id: EVERYONE,
  channels: [
    { id: GENERAL, name: 'general' },
    { id: OTHER, name: 'other' },
    { id: THREAD, name: 'thread', parentId: OTHER },
  ],
  roles: [
    { id: ARTISTS, name: 'Artists' },
    { id: GUESTS, name: 'Guests' },
  ],
};

let discord: SimulatedDiscord;
beforeEach(async () => {
  discord = await startSimulatedDiscord({ guilds: [GUILD] });
  const rest = createRest(discord);
  await rest.call('PUT', rest.commands, [
    { name: 'video', description: 'd' },
    { name: 'quota', description: 'd', default_member_permissions: '32' },
    { name: 'Animate', type: 3 },
  ]);
});
afterEach(async () => discord.close());

const role = (id: string, permission: boolean): CommandPermission => ({ id, type: 1, permission });
const user = (id: string, permission: boolean): CommandPermission => ({ id, type: 2, permission });
const place = (id: string, permission: boolean): CommandPermission => ({ id, type: 3, permission });

async function isRefused(member: MemberActor, command: string, channel: string): Promise<boolean> {
  return member.slash(channel, command).then(
    () => false,
    () => true,
  );
}

describe('overrides of a command', () => {
  it.each<readonly [string, readonly CommandPermission[], readonly string[], string, boolean]>([
    ['nothing', [], [], GENERAL, true],
    ['everyone denied', [role(EVERYONE, false)], [], GENERAL, false],
    [
      'everyone denied, a role allowed',
      [role(EVERYONE, false), role(ARTISTS, true)],
      [ARTISTS],
      GENERAL,
      true,
    ],
    ['a role denied', [role(GUESTS, false)], [GUESTS], GENERAL, false],
    [
      'one role denied, another allowed',
      [role(GUESTS, false), role(ARTISTS, true)],
      [GUESTS, ARTISTS],
      GENERAL,
      true,
    ],
    [
      'a role denied, the user allowed',
      [role(GUESTS, false), user(ADA, true)],
      [GUESTS],
      GENERAL,
      true,
    ],
    [
      'a role allowed, the user denied',
      [role(ARTISTS, true), user(ADA, false)],
      [ARTISTS],
      GENERAL,
      false,
    ],
    ['this channel denied', [place(GENERAL, false)], [], GENERAL, false],
    [
      'this channel denied, the user allowed',
      [place(GENERAL, false), user(ADA, true)],
      [],
      GENERAL,
      false,
    ],
    ['another channel denied', [place(OTHER, false)], [], GENERAL, true],
    ['the channel of a thread denied', [place(OTHER, false)], [], THREAD, false],
    ['all channels denied', [place(ALL_CHANNELS, false)], [], GENERAL, false],
    [
      'all channels denied, this one allowed',
      [place(ALL_CHANNELS, false), place(GENERAL, true)],
      [],
      GENERAL,
      true,
    ],
  ])('%s', async (_rule, permissions, roles, channel, isAllowed) => {
    const ada = discord.member({ id: ADA, roles });
    discord.setCommandPermissions('video', permissions);
    expect(await isRefused(ada, 'video', channel)).toBe(!isAllowed);
    const offered = discord.offered(ADA, channel).map(({ name }) => name);
    expect(offered.includes('video')).toBe(isAllowed);
  });

  it('of the application count for commands without their own, and grant no default', async () => {
    const ada = discord.member({ id: ADA, roles: [ARTISTS] });
    discord.setCommandPermissions(null, [role(EVERYONE, false)]);
    expect(await isRefused(ada, 'video', GENERAL)).toBe(true);
    discord.setCommandPermissions('video', [role(ARTISTS, true)]);
    expect(await isRefused(ada, 'video', GENERAL)).toBe(false);
    discord.setCommandPermissions(null, [role(ARTISTS, true)]);
    expect(await isRefused(ada, 'quota', GENERAL)).toBe(true);
    discord.setCommandPermissions('quota', [role(ARTISTS, true)]);
    expect(await isRefused(ada, 'quota', GENERAL)).toBe(false);
  });

  it('never stop an administrator, and never help a member without application commands', async () => {
    discord.setCommandPermissions('video', [role(EVERYONE, false)]);
    const owner = discord.member({ permissions: PERMISSION.administrator });
    expect(await isRefused(owner, 'video', GENERAL)).toBe(false);
    discord.setCommandPermissions('video', undefined);
    const muted = discord.member({ denied: PERMISSION.useCommands });
    expect(await isRefused(muted, 'video', GENERAL)).toBe(true);
  });

  it('hold for message commands and autocomplete, but not for buttons, menus and modals', async () => {
    const rest = createRest(discord);
    const ada = discord.member({ id: ADA });
    const sent = await ada.slash(GENERAL, 'video');
    const components = [
      { type: 1, components: [{ type: 2, style: 1, label: 'Again', custom_id: 'again' }] },
      {
        type: 1,
        components: [{ type: 3, custom_id: 'pick', options: [{ label: 'a', value: 'a' }] }],
      },
    ];
    await rest.acknowledge(sent, { type: 4, data: { content: 'a video', components } });
    const message = sent.message() ?? '';
    for (const command of ['video', 'Animate']) {
      discord.setCommandPermissions(command, [user(ADA, false)]);
    }
    await expect(ada.autocomplete(GENERAL, 'video', {}, 'x')).rejects.toThrow('not offered');
    const target = { messageId: sent.message()?.id ?? '' };
    await expect(ada.contextMenu(GENERAL, 'Animate', target)).rejects.toThrow('not offered');
    await ada.selectMenu(message, 'pick', ['a']);
    const clicked = await ada.click(message, 'again');
    const modal = {
      title: 't',
      custom_id: 'm',
      components: [{ type: 18, label: 'l', component: { type: 4, style: 1, custom_id: 'i' } }],
    };
    await rest.acknowledge(clicked, { type: 9, data: modal });
    expect(await ada.modalSubmit(clicked, { i: 'x' })).toMatchObject({ deliveredTo: 0 });
  });
});

const base = () => `/applications/${discord.applicationId}/guilds/${EVERYONE}/commands`;
const idOf = (name: string): string =>
  String(discord.commands().find((command) => command['name'] === name)?.['id']);

describe('the routes of command permissions', () => {
  it('list every entry, read one, and answer 10066 without one', async () => {
    const rest = createRest(discord);
    expect(await rest.call('GET', `${base()}/permissions`)).toMatchObject({
      status: 200,
      body: [],
    });
    const missing = await rest.call('GET', `${base()}/${idOf('video')}/permissions`);
    expect(missing).toMatchObject({ status: 404, body: { code: 10066 } });
    const unknown = await rest.call('GET', `${base()}/123456789012345678/permissions`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 10063 } });

    discord.setCommandPermissions('video', [role(ARTISTS, true)]);
    discord.setCommandPermissions(null, []);
    const entry = (id: string, permissions: readonly CommandPermission[]) => ({
      id,
      application_id: discord.applicationId,
      guild_id: EVERYONE,
      permissions,
    });
    const video = entry(idOf('video'), [role(ARTISTS, true)]);
    const application = entry(discord.applicationId, []);
    const all = await rest.call('GET', `${base()}/permissions`);
    expect(all.body).toEqual([video, application]);
    const one = await rest.call('GET', `${base()}/${idOf('video')}/permissions`);
    expect(one.body).toEqual(video);
    const whole = await rest.call('GET', `${base()}/${discord.applicationId}/permissions`);
    expect(whole.body).toEqual(application);
  });

  it('refuse a bot that sets them, and one that has left', async () => {
    const rest = createRest(discord);
    const path = `${base()}/${idOf('video')}/permissions`;
    const set = await rest.call('PUT', path, { permissions: [] });
    expect(set).toMatchObject({ status: 403, body: { code: 20001 } });
    discord.world.setBotMembership(EVERYONE, false);
    const read = await rest.call('GET', `${base()}/permissions`);
    expect(read).toMatchObject({ status: 403, body: { code: 50001 } });
  });

  it('forget the entry of a command that is deleted', async () => {
    const rest = createRest(discord);
    discord.setCommandPermissions('video', [role(ARTISTS, true)]);
    await rest.call('PUT', rest.commands, [{ name: 'quota', description: 'd' }]);
    expect((await rest.call('GET', `${base()}/permissions`)).body).toEqual([]);
    expect(() => discord.setCommandPermissions('video', [])).toThrow('no command video');
  });
});

it('a change of overrides reaches a client without intents, a deleted message does not', async () => {
  const client = new Client({ intents: [], rest: { api: discord.apiUrl } });
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  const updates: unknown[] = [];
  const raw: unknown[] = [];
  client.on(Events.Raw, ({ t }: { t: string }) => raw.push(t));
  const done = new Promise<void>((resolve) => {
    client.on(Events.ApplicationCommandPermissionsUpdate, (update) => {
      updates.push(update);
      if (updates.length === 2) resolve();
    });
  });
  discord.deleteMessage(discord.member().say(GENERAL, 'gone'));
  discord.setCommandPermissions('video', [role(ARTISTS, true), place(GENERAL, false)]);
  discord.setCommandPermissions('video', undefined);
  await done;
  await client.destroy();
  expect(updates).toMatchObject([
    { guildId: EVERYONE, permissions: [{ id: ARTISTS }, { id: GENERAL, type: 3 }] },
    { guildId: EVERYONE, permissions: [] },
  ]);
  expect(raw).not.toContain(GatewayDispatchEvents.MessageDelete);
});

it('a deleted message reaches a client with the intent of messages', async () => {
  const client = new Client({ intents: [1 << 9], rest: { api: discord.apiUrl } });
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  const deleted = new Promise((resolve) => {
    client.on(Events.Raw, ({ t, d }: { t: string; d: unknown }) => {
      if (t === 'MESSAGE_DELETE') resolve(d);
    });
  });
  const { id } = discord.member().say(GENERAL, 'gone');
  discord.deleteMessage(id);
  const expected = { id, channel_id: GENERAL, guild_id: EVERYONE };
  expect(await deleted).toEqual(expected);
  await client.destroy();
});
