import { PermissionFlagsBits } from '../discord-js.ts';

/** A member, and the roles and overwrites that determine their permissions. */
export interface PermissionSources {
  readonly guildId: string;
  readonly ownerId: string;
  readonly memberId: string;
  readonly memberRoleIds: readonly string[];
  /** Roles of the guild; the one with the guild's id is @everyone. */
  readonly roles: readonly { readonly id: string; readonly permissions: bigint }[];
  /** Overwrites of the channel, by role or member. */
  readonly overwrites: readonly {
    readonly id: string;
    readonly allow: bigint;
    readonly deny: bigint;
  }[];
}

const EVERYTHING = ~0n;

/**
 * Computes a member's permissions in a channel, applying roles and overwrites in Discord's order.
 */
export function permissionsIn(sources: PermissionSources): bigint {
  const { guildId, ownerId, memberId, memberRoleIds, roles, overwrites } = sources;
  if (memberId === ownerId) return EVERYTHING;
  const own = new Set([guildId, ...memberRoleIds]);
  const base = union(roles.filter(({ id }) => own.has(id)).map((role) => role.permissions));
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return EVERYTHING;
  const ofRoles = new Set(memberRoleIds);
  const layers = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(({ id }) => ofRoles.has(id)),
    overwrites.filter(({ id }) => id === memberId),
  ];
  return layers.reduce(
    (granted, layer) =>
      (granted & ~union(layer.map(({ deny }) => deny))) | union(layer.map(({ allow }) => allow)),
    base,
  );
}

function union(bits: readonly bigint[]): bigint {
  return bits.reduce((all, one) => all | one, 0n);
}
