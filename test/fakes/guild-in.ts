/** A guild of this slot. */
export const guildIn = (slot: number): string => ((1n << 50n) + (BigInt(slot) << 22n)).toString();
