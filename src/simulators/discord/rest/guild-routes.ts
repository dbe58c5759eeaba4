import { refuse, refuseForm } from '../errors.ts';
import { issue } from '../rules/issue.ts';
import type { Guild, Member } from '../world/model.ts';
import { EVERYONE, PERMISSION } from '../world/permissions.ts';
import { renderMember } from '../world/render-user.ts';
import { renderGuild } from '../world/render-guild.ts';
import { ok, type Call, type Route } from './route.ts';

const MAX_GUILDS = 200;

/** Ids are compared as numbers: a snowflake's length grows with time. */
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
    throw refuseForm([issue(['limit'], 'NUMBER_TYPE_RANGE', message)]);
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
    throw refuseForm([issue([name], 'NUMBER_TYPE_COERCE', message)]);
  }
  return BigInt(given);
}

/** A page of the bot's guilds by id; `before` gives the last ones before it, in the same order. */
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
    throw refuse('unknownGuild');
  }
  return guild;
}

function describeGuild(call: Call) {
  return ok(renderGuild(findGuild(call)));
}

/** The bot has no role of its own: what it may do is everyone's, and what its channels add. */
function botMember({ sim }: Call, guild: Guild): Member {
  return {
    user: sim.world.bot,
    guildId: guild.id,
    roles: [],
    permissions: EVERYONE,
    locale: guild.locale,
    attachmentSizeLimit: 0,
  };
}

function describeMember(call: Call) {
  const guild = findGuild(call);
  const id = call.parameter('user');
  const member = id === call.sim.world.bot.id ? botMember(call, guild) : guild.members.get(id);
  if (member === undefined) {
    throw refuse('unknownMember');
  }
  const { permissions: _, ...rendered } = renderMember(member);
  return ok(rendered);
}

/** The guilds that the bot is a member of; the others do not exist for it. */
export function guildRoutes(): Route[] {
  const member = '/guilds/:guild/members/:user';
  return [
    { method: 'GET', pattern: '/users/@me/guilds', auth: 'bot', handle: listGuilds },
    { method: 'GET', pattern: '/guilds/:guild', auth: 'bot', handle: describeGuild },
    { method: 'GET', pattern: member, auth: 'bot', handle: describeMember },
  ];
}
