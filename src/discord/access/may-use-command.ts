import { PermissionFlagsBits, PermissionsBitField } from '../discord-js.ts';
import { OVERRIDE } from './command-overrides.ts';
import type { Override } from './command-overrides.ts';

/** A member and where they are. */
export interface CommandUser {
  readonly memberId: string;
  readonly roleIds: readonly string[];
  /** Their permissions in the channel, as Discord computed them, in decimal. */
  readonly permissions: string;
  readonly guildId: string;
  readonly channelId: string;
  /** The parent channel of a thread; `undefined` outside of threads. */
  readonly threadOf: string | undefined;
}

/**
 * Whether Discord would let a member use a command that has no default permissions (Application
 * Commands § Permissions). Administrators always may. All others need the permission to use
 * application commands, and overrides that let both the channel and the member pass. The narrowest
 * one decides: the channel before all channels; the member before their roles, of which one that may
 * suffices, and these before @everyone. A thread takes its parent's.
 */
export function mayUseCommand(user: CommandUser, overrides: readonly Override[]): boolean {
  return (
    decidedByPermissions(user) ??
    (isChannelAllowed(user, overrides) && isMemberAllowed(user, overrides))
  );
}

/** The decision where no override matters; `undefined` where overrides decide. */
export function decidedByPermissions({
  permissions: decimal,
}: Pick<CommandUser, 'permissions'>): boolean | undefined {
  const permissions = new PermissionsBitField(BigInt(decimal));
  if (permissions.has(PermissionFlagsBits.Administrator)) return true;
  return permissions.has(PermissionFlagsBits.UseApplicationCommands) ? undefined : false;
}

function isChannelAllowed(
  { guildId, channelId, threadOf }: CommandUser,
  overrides: readonly Override[],
): boolean {
  const allChannels = String(BigInt(guildId) - 1n);
  return (
    verdictOn(overrides, OVERRIDE.channel, [threadOf ?? channelId]) ??
    verdictOn(overrides, OVERRIDE.channel, [allChannels]) ??
    true
  );
}

function isMemberAllowed(
  { memberId, roleIds, guildId }: CommandUser,
  overrides: readonly Override[],
): boolean {
  const everyone = guildId;
  const ownRoles = roleIds.filter((id) => id !== everyone);
  return (
    verdictOn(overrides, OVERRIDE.member, [memberId]) ??
    verdictOn(overrides, OVERRIDE.role, ownRoles) ??
    verdictOn(overrides, OVERRIDE.role, [everyone]) ??
    true
  );
}

/** Whether one of the overrides that name these ids allows; `undefined` if none names them. */
function verdictOn(
  overrides: readonly Override[],
  type: number,
  ids: readonly string[],
): boolean | undefined {
  const found = overrides.filter((override) => override.type === type && ids.includes(override.id));
  return found.length === 0 ? undefined : found.some(({ permission }) => permission);
}
