import { expect, it, vi } from 'vitest';
import { createCommandAccess } from '../../../src/discord/access/create-command-access.ts';
import { createDirectRequests } from '../../../src/discord/rest/direct-requests.ts';
import { createDirectSender } from '../../../src/discord/rest/direct-sender.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { startRestServer } from '../../fakes/rest-server.ts';
import type { RestAnswer, SeenCall } from '../../fakes/rest-server.ts';
import { parseComponent } from '../../../src/discord/component-interaction.ts';

const VIDEO = '1300000000000000070';
const OTHER_GUILD = '1300000000000000011';
const LIST = `/applications/${APPLICATION_ID}/commands`;
const overridesPath = (guildId = GUILD_ID): string =>
  `/applications/${APPLICATION_ID}/guilds/${guildId}/commands/permissions`;
const DENIED = [{ id: MEMBER_ID, type: 2, permission: false }];

const entry = (permissions: readonly object[], id = VIDEO, guildId = GUILD_ID) => ({
  id,
  guild_id: guildId,
  application_id: APPLICATION_ID,
  permissions,
});

const answer = (body: unknown, status = 200): RestAnswer => ({ status, body });
const LISTED = answer([{ id: VIDEO, name: 'video' }]);
const DOWN = answer({ code: 0, message: '502' }, 502);

/** A member’s click, as the bot reads it. */
function click(guildId = GUILD_ID, permissions = String(1n << 31n)) {
  const member = { user: { id: MEMBER_ID }, roles: [], permissions };
  const parsed = parseComponent({
    id: '1300000000000000500',
    application_id: APPLICATION_ID,
    type: 3,
    token: 'a-token',
    guild_id: guildId,
    channel: { id: CHANNEL_ID, type: 0 },
    member,
    data: { custom_id: 'again:1' },
  });
  if (!parsed.success) throw parsed.error;
  const place = { guildId, channelId: CHANNEL_ID, member };
  return { ...parsed.data, ...place, language: 'en', receivedAt: 0 } as const;
}

async function access({
  overrides = [],
  ids = true,
  isReported = true,
}: { overrides?: object[]; ids?: boolean; isReported?: boolean } = {}) {
  const server = await startRestServer();
  const clock = fakeClock();
  const log = recordingLog();
  const world = { overrides: answer(overrides), listed: LISTED };
  server.otherwise = ({ path }: SeenCall): RestAnswer =>
    path === LIST ? world.listed : world.overrides;
  const made = createCommandAccess({
    rests: {
      direct: createDirectRequests(createDirectSender(server.url)),
      botAuthorization: 'Bot x',
    },
    guildIds: new Set(),
    isReported,
    clock,
    log,
  });
  if (ids) made.onRegistered(undefined, [{ id: VIDEO, name: 'video' }]);
  const reads = (path = overridesPath()): number =>
    server.seen.filter((call) => call.path === path).length;
  return { ...made, server, clock, log, world, reads };
}

const MINUTES = 60_000;

it('reads what admins set once, with the bot’s token, for all clicks of ten minutes', async () => {
  const { check, server, clock, reads } = await access({ overrides: [entry(DENIED)] });
  const clicks = await Promise.all([check(click(), 'video'), check(click(), 'video')]);
  expect(clicks).toEqual(['denied', 'denied']);
  await clock.advance(10 * MINUTES - 1);
  expect(await check(click(), 'video')).toBe('denied');
  expect(reads()).toBe(1);
  expect(server.seen[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bot x' } });
  expect(server.seen[0]?.headers['content-length']).toBeUndefined();
});

it('reads again after a minute where the gateway does not report changes', async () => {
  const { check, clock, world, reads } = await access({
    overrides: [entry(DENIED)],
    isReported: false,
  });
  expect(await check(click(), 'video')).toBe('denied');
  world.overrides = answer([]);
  await clock.advance(MINUTES - 1);
  expect(await check(click(), 'video')).toBe('denied');
  await clock.advance(1);
  expect(await check(click(), 'video')).toBe('allowed');
  expect(reads()).toBe(2);
});

it('reads again after ten minutes', async () => {
  const { check, clock, world, reads } = await access({ overrides: [entry(DENIED)] });
  expect(await check(click(), 'video')).toBe('denied');
  world.overrides = answer([]);
  await clock.advance(10 * MINUTES);
  expect(await check(click(), 'video')).toBe('allowed');
  expect(reads()).toBe(2);
});

it.each<[string, RestAnswer]>([
  ['no entry', answer([])],
  ['an empty list', answer([entry([])])],
  ['10066', answer({ code: 10_066, message: 'Unknown application command permissions' }, 404)],
])('lets everyone who may use commands pass where Discord has %s', async (_what, given) => {
  const { check, world } = await access();
  world.overrides = given;
  expect(await check(click(), 'video')).toBe('allowed');
  expect(await check(click(GUILD_ID, '0'), 'video')).toBe('denied');
});

it('asks nothing for an administrator, or for a member without the permission', async () => {
  const { check, server } = await access({ overrides: [entry(DENIED)] });
  expect(await check(click(GUILD_ID, '8'), 'video')).toBe('allowed');
  expect(await check(click(GUILD_ID, '0'), 'video')).toBe('denied');
  expect(server.seen).toEqual([]);
});

it.each<[string, RestAnswer | 'cut']>([
  ['fails', DOWN],
  ['is cut', 'cut'],
  ['is refused', answer({ code: 50_001, message: 'Missing Access' }, 403)],
  ['is limited', answer({ retry_after: 1 }, 429)],
  ['is a 404 of another kind', answer({ code: 0, message: '404: Not Found' }, 404)],
  ['answers no list', answer({ permissions: [] })],
  ['answers another kind of list', answer([{ id: '../x', permissions: [] }])],
])('does not know where the first request %s', async (_how, given) => {
  const { check, server, log } = await access();
  server.answers.push(given);
  expect(await check(click(), 'video')).toBe('unknown');
  expect(log.lines).toHaveLength(1);
});

it('keeps to what it read before while requests fail', async () => {
  const { check, clock, world } = await access({ overrides: [entry(DENIED)] });
  await check(click(), 'video');
  world.overrides = DOWN;
  await clock.advance(11 * MINUTES);
  expect(await check(click(), 'video')).toBe('denied');
});

it('waits longer and longer between requests that fail, and not after the first success', async () => {
  const { check, clock, world, reads } = await access();
  world.overrides = DOWN;
  for (const waitMs of [0, 999, 1, 1999, 1]) {
    await clock.advance(waitMs);
    expect(await check(click(), 'video')).toBe('unknown');
  }
  expect(reads()).toBe(3);
  world.overrides = answer([]);
  await clock.advance(4000);
  expect(await check(click(), 'video')).toBe('allowed');
});

it('waits for an answer no longer than a click can, and lets no other server wait', async () => {
  const { check, server, clock, reads } = await access({ overrides: [entry(DENIED)] });
  server.answers.push('hang');
  const slow = check(click(), 'video');
  await vi.waitFor(() => expect(reads()).toBe(1));
  expect(await check(click(OTHER_GUILD), 'video')).toBe('denied');
  await clock.advance(1499);
  const second = check({ ...click(), receivedElapsed: 0 }, 'video');
  await clock.advance(1);
  expect(await Promise.all([slow, second])).toEqual(['unknown', 'unknown']);
  expect(reads()).toBe(1);
});

it('applies a change that Discord reports at once, without a request', async () => {
  const { check, onPermissionsUpdate, reads } = await access();
  expect(await check(click(), 'video')).toBe('allowed');
  onPermissionsUpdate(entry(DENIED));
  expect(await check(click(), 'video')).toBe('denied');
  onPermissionsUpdate(entry([]));
  onPermissionsUpdate(entry(DENIED, VIDEO, OTHER_GUILD));
  expect(await check(click(), 'video')).toBe('allowed');
  expect(reads()).toBe(1);
});

it('reads again what changed while it was read', async () => {
  const { check, onPermissionsUpdate, server, reads } = await access();
  server.otherwise = (): RestAnswer => {
    const isFirst = reads() === 1;
    if (isFirst) onPermissionsUpdate(entry(DENIED));
    return answer(isFirst ? [] : [entry(DENIED)]);
  };
  expect(await check(click(), 'video')).toBe('denied');
  expect(reads()).toBe(2);
});

it('ignores a change that it does not understand', async () => {
  const { check, onPermissionsUpdate, log } = await access({ overrides: [entry(DENIED)] });
  expect(await check(click(), 'video')).toBe('denied');
  for (const raw of [undefined, {}, entry([{ id: 1 }])]) onPermissionsUpdate(raw);
  expect(await check(click(), 'video')).toBe('denied');
  expect(log.lines).toHaveLength(3);
});

it('reads the ids of the commands where the registration did not record them', async () => {
  const { check, reads } = await access({ overrides: [entry(DENIED)], ids: false });
  expect(await check(click(), 'video')).toBe('denied');
  expect(await check(click(OTHER_GUILD), 'video')).toBe('denied');
  expect(reads(LIST)).toBe(1);
});

it.each<[string, (made: Awaited<ReturnType<typeof access>>) => Promise<void>]>([
  ['a change', async ({ onPermissionsUpdate }) => onPermissionsUpdate(entry(DENIED))],
  ['a renewal', async ({ clock }) => clock.advance(10 * MINUTES)],
])('reads the ids again that %s shows to be older than a registration', async (_what, happens) => {
  const made = await access({ ids: false });
  const { check, world, reads } = made;
  world.listed = answer([]);
  expect(await check(click(), 'video')).toBe('allowed');
  world.listed = LISTED;
  world.overrides = answer([entry(DENIED)]);
  await happens(made);
  expect(await check(click(), 'video')).toBe('denied');
  expect(await check(click(), 'video')).toBe('denied');
  expect(reads(LIST)).toBe(2);
});

it('reads the ids again once a renewal while they lack a command that is restricted', async () => {
  const { check, clock, world, reads } = await access({ overrides: [entry(DENIED)] });
  world.listed = answer([]);
  const other = entry(DENIED, '1300000000000000071');
  world.overrides = answer([entry([]), other]);
  for (const [waitMs, readings] of [
    [0, 1],
    [MINUTES, 1],
    [9 * MINUTES, 2],
  ] as const) {
    await clock.advance(waitMs);
    expect(await check(click(), 'video')).toBe('allowed');
    expect(reads(LIST)).toBe(readings);
  }
});

it('keeps to what it knows while the ids cannot be read again, and tries again', async () => {
  const { check, onPermissionsUpdate, onRegistered, clock, world, reads } = await access();
  onRegistered(undefined, []);
  expect(await check(click(), 'video')).toBe('allowed');
  world.listed = DOWN;
  world.overrides = answer([entry(DENIED)]);
  onPermissionsUpdate(entry(DENIED));
  expect(await check(click(), 'video')).toBe('allowed');
  expect(await check(click(), 'video')).toBe('allowed');
  expect(reads(LIST)).toBe(1);
  world.listed = LISTED;
  await clock.advance(1000);
  expect(await check(click(), 'video')).toBe('denied');
});

it('takes the ids of a registration before those that were being read again', async () => {
  const { check, onRegistered, server, reads } = await access();
  onRegistered(undefined, []);
  server.otherwise = ({ path }: SeenCall): RestAnswer => {
    if (path !== LIST) return answer([entry(DENIED)]);
    onRegistered(undefined, [{ id: VIDEO, name: 'video' }]);
    return answer([]);
  };
  expect(await check(click(), 'video')).toBe('denied');
  expect(reads(LIST)).toBe(1);
});

it('does not read the ids again for what is set for all commands', async () => {
  const all = entry(DENIED, APPLICATION_ID);
  const { check, onPermissionsUpdate, clock, reads } = await access({ overrides: [all] });
  expect(await check(click(), 'video')).toBe('denied');
  onPermissionsUpdate(entry([], APPLICATION_ID));
  expect(await check(click(), 'video')).toBe('allowed');
  expect(reads()).toBe(1);
  await clock.advance(10 * MINUTES);
  expect(await check(click(), 'video')).toBe('denied');
  expect(reads(LIST)).toBe(0);
});

it('does not take the overrides of another command', async () => {
  const { check, onRegistered } = await access({ overrides: [entry(DENIED)] });
  onRegistered(undefined, [{ id: VIDEO, name: 'models' }]);
  onRegistered(GUILD_ID, [{ id: VIDEO, name: 'video' }]);
  expect(await check(click(), 'video')).toBe('allowed');
});
