import { apiError, rejectInvalid, invalidForm } from '../errors.ts';
import { checkCommands, hasTooManyCommands } from '../rules/command-rules.ts';
import { issue } from '../rules/issue.ts';
import { isRecord, recordsOf } from '../values.ts';
import type { CommandDefinition } from '../world/commands.ts';
import { ok, type Call, type Route } from './route.ts';

const TRANSLATED = new Set(['name_localizations', 'description_localizations']);

function withoutLocalisations(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutLocalisations);
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !TRANSLATED.has(key))
      .map(([key, inner]) => [key, withoutLocalisations(inner)]),
  );
}

/** Returns the guild in the path, or `undefined` on the global route. */
export function scopeOf(call: Call): string | undefined {
  if (call.parameter('app') !== call.sim.world.application.id) {
    throw apiError('unknownApplication');
  }
  const guildId = call.parameter('guild');
  if (guildId === '') {
    return undefined;
  }
  if (call.sim.world.guild(guildId)?.botIsMember !== true) {
    throw apiError('missingAccess');
  }
  return guildId;
}

function list(call: Call) {
  const definitions: readonly CommandDefinition[] = call.sim.commands.list(scopeOf(call));
  const withAll = call.request.query.get('with_localizations') === 'true';
  return ok(withAll ? definitions : definitions.map(withoutLocalisations));
}

function overwrite(call: Call) {
  const guildId = scopeOf(call);
  const { json } = call.request;
  if (!Array.isArray(json)) {
    throw invalidForm([issue([], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')]);
  }
  if (hasTooManyCommands(json)) {
    throw apiError('tooManyCommands');
  }
  rejectInvalid(checkCommands(json));
  const removed = call.sim.commands.replace(guildId, recordsOf(json));
  removed.forEach((id) => call.sim.commandPermissions.forget(id));
  call.sim.events.emit('commands', { guildId });
  return ok(call.sim.commands.list(guildId));
}

/** Routes that read and bulk-overwrite the command definitions, globally and in a guild. */
export function commandRoutes(): Route[] {
  const global = '/applications/:app/commands';
  const guild = '/applications/:app/guilds/:guild/commands';
  return [global, guild].flatMap((pattern): Route[] => [
    { method: 'GET', pattern, auth: 'bot', handle: list },
    { method: 'PUT', pattern, auth: 'bot', handle: overwrite },
  ]);
}
