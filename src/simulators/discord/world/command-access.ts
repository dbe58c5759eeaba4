import { textOf } from '../values.ts';
import { allChannels, type CommandPermission, type OverrideType } from './command-permissions.ts';
import type { CommandDefinition } from './commands.ts';
import type { Member } from './model.ts';
import { PERMISSION } from './permissions.ts';

/** The overrides that count for a command in a guild. */
export interface CommandOverrides {
  /** Of the command itself; none, or an empty list, if it is synced with the application. */
  readonly own: readonly CommandPermission[] | undefined;
  readonly application: readonly CommandPermission[] | undefined;
}

/** A channel and, for a thread, its parent. */
export type ChannelIds = readonly string[];

type Verdict = boolean | undefined;

function verdictOn(
  overrides: readonly CommandPermission[],
  type: OverrideType,
  ids: readonly string[],
): Verdict {
  const found = overrides.filter((entry) => entry.type === type && ids.includes(entry.id));
  return found.length === 0 ? undefined : found.some(({ permission }) => permission);
}

function channelVerdict(
  overrides: readonly CommandPermission[],
  guildId: string,
  channels: ChannelIds,
): Verdict {
  return verdictOn(overrides, 3, channels) ?? verdictOn(overrides, 3, [allChannels(guildId)]);
}

/** The user's own override counts before those of roles, and any allowed role before @everyone. */
function memberVerdict(overrides: readonly CommandPermission[], member: Member): Verdict {
  return (
    verdictOn(overrides, 2, [member.user.id]) ??
    verdictOn(overrides, 1, member.roles) ??
    verdictOn(overrides, 1, [member.guildId])
  );
}

function hasDefaultPermissions(definition: CommandDefinition, { permissions }: Member): boolean {
  const needed = textOf(definition['default_member_permissions']);
  if (needed === undefined) {
    return true;
  }
  const bits = BigInt(needed);
  return bits !== 0n && (permissions & bits) === bits;
}

/**
 * Whether Discord lets the member use the command here. Overrides of the application count only for
 * commands without their own; they cannot grant what `default_member_permissions` withholds.
 */
export function mayUseCommand(
  definition: CommandDefinition,
  member: Member,
  channels: ChannelIds,
  { own, application }: CommandOverrides,
): boolean {
  if ((member.permissions & PERMISSION.administrator) !== 0n) {
    return true;
  }
  if ((member.permissions & PERMISSION.useCommands) === 0n) {
    return false;
  }
  const hasOwn = own !== undefined && own.length > 0;
  const overrides = hasOwn ? own : (application ?? []);
  if (channelVerdict(overrides, member.guildId, channels) === false) {
    return false;
  }
  const verdict = memberVerdict(overrides, member);
  if (verdict === false || (verdict === true && hasOwn)) {
    return verdict;
  }
  return hasDefaultPermissions(definition, member);
}
