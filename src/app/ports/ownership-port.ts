/**
 * The guilds that this process is responsible for. No two processes on one store may own the same
 * guild, because an account is decided from the memory of its owner.
 */
export interface Ownership {
  owns(guildId: string): boolean;
}
