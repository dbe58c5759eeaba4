import { apiError } from '../errors.ts';
import { renderCommandPermissions } from '../world/set-command-permissions.ts';
import { scopeOf } from './command-routes.ts';
import { ok, type Call, type Route } from './route.ts';

function readAll(call: Call) {
  const { sim } = call;
  const guildId = scopeOf(call) ?? '';
  const entries = sim.commandPermissions.entries(guildId);
  return ok(
    entries.map(([id, permissions]) => renderCommandPermissions(sim, guildId, id, permissions)),
  );
}

function readOne(call: Call) {
  const { sim } = call;
  const guildId = scopeOf(call) ?? '';
  const id = call.parameter('command');
  const known = [...sim.commands.list(guildId), ...sim.commands.list()].map((each) => each['id']);
  if (id !== sim.world.application.id && !known.includes(id)) {
    throw apiError('unknownCommand');
  }
  const permissions = sim.commandPermissions.get(guildId, id);
  if (permissions === undefined) {
    throw apiError('unknownCommandPermissions');
  }
  return ok(renderCommandPermissions(sim, guildId, id, permissions));
}

/** Only people may set the overrides, with a Bearer token. */
function refuseBots(call: Call): never {
  scopeOf(call);
  throw apiError('notForBots');
}

/** Routes of the overrides of commands in a guild, which a bot can read but not change. */
export function commandPermissionRoutes(): Route[] {
  const all = '/applications/:app/guilds/:guild/commands/permissions';
  const one = '/applications/:app/guilds/:guild/commands/:command/permissions';
  return [
    { method: 'GET', pattern: all, auth: 'bot', handle: readAll },
    { method: 'GET', pattern: one, auth: 'bot', handle: readOne },
    { method: 'PUT', pattern: one, auth: 'bot', handle: refuseBots },
  ];
}
