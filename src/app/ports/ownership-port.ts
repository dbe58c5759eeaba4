/**
 * Which guilds this process decides for. No two processes on one store may own the same guild: an
 * account is decided from the memory of its owner.
 */
export interface Ownership {
  owns(guildId: string): boolean;
}
