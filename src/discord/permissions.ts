import { PermissionFlagsBits, PermissionsBitField } from './discord-js.ts';
import type { CommandCall } from './command.ts';

/** Whether the caller may manage messages in the channel of the call, by Discord's computation. */
export function mayManageMessages({ member }: Pick<CommandCall, 'member'>): boolean {
  const permissions = new PermissionsBitField(BigInt(member.permissions));
  return permissions.has(PermissionFlagsBits.ManageMessages);
}

/**
 * Whether the caller may manage the server. Admin commands check this even though Discord hides
 * them from others.
 */
export function mayManageGuild({ member }: Pick<CommandCall, 'member'>): boolean {
  return new PermissionsBitField(BigInt(member.permissions)).has(PermissionFlagsBits.ManageGuild);
}
