import type { Clock, Log } from '../../app/ports/core.ts';
import { withinLimit } from '../../app/within-limit.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';
import type { Place } from '../interaction.ts';
import type { RestClients } from '../rest/rest-clients.ts';
import type { Served } from '../served.ts';
import { createBotRequest } from './bot-request.ts';
import type { Access, CommandAccess } from './command-access.ts';
import { createCommandIds } from './command-ids.ts';
import type { CommandIds, IdsByName } from './command-ids.ts';
import { commandOverridesSchema, overridesOf } from './command-overrides.ts';
import { createKeptOverrides } from './kept-overrides.ts';
import { decidedByPermissions, mayUseCommand } from './may-use-command.ts';
import type { CommandUser } from './may-use-command.ts';
import { readOverrides } from './read-overrides.ts';

/**
 * How often what admins restrict is read again, in milliseconds. The gateway reports each change, so
 * that it is only in case one was missed. Without the gateway it is how a change is noticed, and beside
 * other processes how one is whose letter was lost.
 */
const RENEW_MS = { reported: 10 * MINUTE_MS, unreported: MINUTE_MS } as const;

/** How long a click waits for what admins restrict, from its arrival; Discord waits 3 s in all. */
const LIMIT_MS = 1500;

/** What admins restrict, and the two sources that it is kept current from. */
export interface WatchedCommandAccess extends CommandAccess {
  /** Takes the commands that a registration found or wrote; `undefined` for the global ones. */
  readonly onRegistered: CommandIds['record'];
  /** Takes the data of an APPLICATION_COMMAND_PERMISSIONS_UPDATE. */
  readonly onPermissionsUpdate: (raw: unknown) => void;
}

export interface CommandAccessDeps {
  readonly rests: Pick<RestClients, 'direct' | 'botAuthorization'>;
  /** The servers in which commands are registered; empty if they are global. */
  readonly guildIds: ReadonlySet<string>;
  /** Whether this process hears of each change: it has the gateway, and the store alone. */
  readonly isReported: boolean;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
  readonly log: Log;
}

export function createCommandAccess(deps: CommandAccessDeps): WatchedCommandAccess {
  const { rests, guildIds, isReported, clock, log } = deps;
  const request = createBotRequest(rests);
  const ids = createCommandIds(guildIds, request);
  const kept = createKeptOverrides({
    clock,
    log,
    renewMs: isReported ? RENEW_MS.reported : RENEW_MS.unreported,
    async read(guildId, applicationId) {
      const [overrides, commandIds] = await Promise.all([
        readOverrides(request, guildId, applicationId),
        ids.of(guildId, applicationId),
      ]);
      const named = [...overrides.keys()].filter((id) => id !== applicationId);
      if (lackAny(commandIds, named)) await ids.readAgain(guildId, applicationId);
      return overrides;
    },
  });

  return {
    async check(caller, command): Promise<Access> {
      const { guildId, applicationId } = caller;
      const user = commandUserOf(caller);
      const decided = decidedByPermissions(user);
      if (decided !== undefined) return decided ? 'allowed' : 'denied';
      await withinLimit(clock, leftMs(caller, clock), kept.renew(guildId, applicationId));
      const overrides = kept.last(guildId);
      const commandIds = ids.known(guildId);
      if (overrides === undefined || commandIds === undefined) return 'unknown';
      const counting = overridesOf(overrides, commandIds.get(command), applicationId);
      return mayUseCommand(user, counting) ? 'allowed' : 'denied';
    },
    onRegistered: (guildId, listed) => ids.record(guildId, listed),
    onPermissionsUpdate(raw) {
      const change = commandOverridesSchema.safeParse(raw);
      if (!change.success) {
        log.warn({}, 'a change of command permissions was not understood');
        return;
      }
      const { guild_id: guildId, application_id: applicationId, id, permissions } = change.data;
      kept.change(guildId, id, permissions);
      if (id !== applicationId && lackAny(ids.known(guildId), [id])) kept.outdate(guildId);
    },
  };
}

/**
 * Whether admins have set something for a command that ids lack: then they are older than its
 * registration, which another process made. A command that none is set for needs no id.
 */
function lackAny(ids: IdsByName | undefined, named: readonly string[]): boolean {
  const known = new Set(ids?.values());
  return named.some((id) => !known.has(id));
}

function commandUserOf(caller: Place & Served): CommandUser {
  const { member, guildId, channelId, threadOf } = caller;
  const { permissions, roles: roleIds } = member;
  return { memberId: member.user.id, roleIds, permissions, guildId, channelId, threadOf };
}

function leftMs({ receivedElapsed }: Served, clock: Pick<Clock, 'elapsed'>): number {
  const now = clock.elapsed();
  return Math.max(0, (receivedElapsed ?? now) + LIMIT_MS - now);
}
