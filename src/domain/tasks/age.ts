import { z } from 'zod';

/** A Discord snowflake: an id of 15 to 20 digits. */
export const snowflakeSchema = z.string().regex(/^\d{15,20}$/);

/** The first millisecond of 2015; no id of Discord is older. */
export const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When an id was made by Discord's clock, in milliseconds; 0 if it is no id of Discord. */
export function instantOfId(id: string): number {
  return /^\d{15,20}$/.test(id) ? Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS : 0;
}

/** The lowest id of an instant in milliseconds; every id made later is younger. */
export function idAt(instantMs: number): string {
  return (BigInt(Math.max(instantMs - DISCORD_EPOCH_MS, 0)) << 22n).toString();
}

/** When an id was made, in milliseconds. */
export function instantOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** Whether an id is older than another: a younger snowflake is a larger number. */
export function isOlder(id: string, other: string): boolean {
  return id.length === other.length ? id < other : id.length < other.length;
}
