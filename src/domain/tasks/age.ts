import { z } from 'zod';

/** A Discord snowflake: an id of 15 to 20 digits. */
export const snowflakeSchema = z.string().regex(/^\d{15,20}$/);

/** The first millisecond of 2015: no id of Discord's is older. */
export const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When an id was made, in milliseconds, by Discord's clock; 0 where it is no id of Discord's. */
export function instantOfId(id: string): number {
  return /^\d{15,20}$/.test(id) ? Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS : 0;
}

/** An id as old as an instant, in milliseconds: whatever is made later is younger. */
export function idAt(instantMs: number): string {
  return (BigInt(Math.max(instantMs - DISCORD_EPOCH_MS, 0)) << 22n).toString();
}

/** When an id was made, in milliseconds. */
export function instantOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** Whether a task is older than another by their ids: a younger snowflake is the larger number. */
export function isOlder(id: string, other: string): boolean {
  return id.length === other.length ? id < other : id.length < other.length;
}
