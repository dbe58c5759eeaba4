import { PermissionFlagsBits, PermissionsBitField } from './discord-js.ts';
import type { CommandCall } from './command.ts';

/**
 * Whether the caller may manage the server. Admin commands check this even though Discord hides
 * them from others.
 */
export function mayManageGuild({ member }: Pick<CommandCall, 'member'>): boolean {
  return new PermissionsBitField(BigInt(member.permissions)).has(PermissionFlagsBits.ManageGuild);
}
