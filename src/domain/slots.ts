/**
 * How many slots all guilds are divided into, for ever: a guild's accounts are found by its slot, so
 * another number would move them. A power of two, so that a guild's shard follows from its slot.
 */
export const SLOTS = 64;

/** The slots of all guilds. */
export const ALL_SLOTS: ReadonlySet<number> = new Set(Array.from({ length: SLOTS }, (_, n) => n));

/** The slot of a guild, from 0 to `SLOTS` - 1, by Discord's formula for shards. */
export function slotOf(guildId: string): number {
  // Damaged records may name anything; every text must have one slot.
  return /^\d{1,20}$/.test(guildId) ? Number((BigInt(guildId) >> 22n) % BigInt(SLOTS)) : 0;
}
