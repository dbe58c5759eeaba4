import { PermissionFlagsBits } from '../discord/discord-js.ts';

/** Who is asked about, and what Discord grants where. */
export interface PermissionSources {
  readonly guildId: string;
  readonly ownerId: string;
  readonly memberId: string;
  readonly memberRoleIds: readonly string[];
  /** Of the guild; the one with the guild's id is everyone's. */
  readonly roles: readonly { readonly id: string; readonly permissions: bigint }[];
  /** Of the channel, by role or member. */
  readonly overwrites: readonly {
    readonly id: string;
    readonly allow: bigint;
    readonly deny: bigint;
  }[];
}

const EVERYTHING = ~0n;

/** The permissions of a member in a channel, in Discord's own order of roles and overwrites. */
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
