import { apiError, invalidForm } from '../errors.ts';
import { issue } from '../rules/issue.ts';
import type { Guild, Member } from '../world/model.ts';
import { EVERYONE_PERMISSIONS, PERMISSION } from '../world/permissions.ts';
import { renderMember } from '../world/render-user.ts';
import { renderGuild } from '../world/render-guild.ts';
import { ok, type Call, type Route } from './route.ts';

const MAX_GUILDS = 200;

/** Compares ids as numbers, because newer snowflakes have more digits. */
function byId(one: Guild, other: Guild): number {
  return BigInt(one.id) < BigInt(other.id) ? -1 : 1;
}

function limitOf({ request }: Call): number {
  const given = request.query.get('limit');
  if (given === null) {
    return MAX_GUILDS;
  }
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_GUILDS) {
    const message = `int value should be between 1 and ${MAX_GUILDS}.`;
    throw invalidForm([issue(['limit'], 'NUMBER_TYPE_RANGE', message)]);
  }
  return limit;
}

function snowflakeOf({ request }: Call, name: 'after' | 'before'): bigint | undefined {
  const given = request.query.get(name);
  if (given === null) {
    return undefined;
  }
  if (!/^\d{1,20}$/.test(given)) {
    const message = `Value "${given}" is not snowflake.`;
    throw invalidForm([issue([name], 'NUMBER_TYPE_COERCE', message)]);
  }
  return BigInt(given);
}

/** Returns a page of the bot's guilds in ascending order of id, also with `before`. */
function listGuilds(call: Call) {
  const limit = limitOf(call);
  const after = snowflakeOf(call, 'after');
  const before = snowflakeOf(call, 'before');
  const found = call.sim.world
    .guilds()
    .filter((guild) => guild.botIsMember)
    .filter(({ id }) => after === undefined || BigInt(id) > after)
    .filter(({ id }) => before === undefined || BigInt(id) < before)
    .toSorted(byId);
  const page =
    before !== undefined && after === undefined ? found.slice(-limit) : found.slice(0, limit);
  const permissions = String(PERMISSION.viewChannel | PERMISSION.sendMessages);
  return ok(
    page.map(({ id, name }) => ({
      id,
      name,
      icon: null,
      banner: null,
      owner: false,
      permissions,
      features: [],
    })),
  );
}

function findGuild({ sim, parameter }: Call): Guild {
  const guild = sim.world.guild(parameter('guild'));
  if (guild?.botIsMember !== true) {
    throw apiError('unknownGuild');
  }
  return guild;
}

function readGuild(call: Call) {
  return ok(renderGuild(findGuild(call)));
}

/** Returns the bot as a member without roles; its permissions are @everyone's and the channels'. */
function botMember({ sim }: Call, guild: Guild): Member {
  return {
    user: sim.world.bot,
    guildId: guild.id,
    roles: [],
    permissions: EVERYONE_PERMISSIONS,
    locale: guild.locale,
    attachmentSizeLimit: 0,
  };
}

function readMember(call: Call) {
  const guild = findGuild(call);
  const id = call.parameter('user');
  const member = id === call.sim.world.bot.id ? botMember(call, guild) : guild.members.get(id);
  if (member === undefined) {
    throw apiError('unknownMember');
  }
  const { permissions: _, ...rendered } = renderMember(member);
  return ok(rendered);
}

/** Routes of the guilds that the bot is a member of; others are unknown to it. */
export function guildRoutes(): Route[] {
  const member = '/guilds/:guild/members/:user';
  return [
    { method: 'GET', pattern: '/users/@me/guilds', auth: 'bot', handle: listGuilds },
    { method: 'GET', pattern: '/guilds/:guild', auth: 'bot', handle: readGuild },
    { method: 'GET', pattern: member, auth: 'bot', handle: readMember },
  ];
}
