import { z } from 'zod';

/** A Discord snowflake: an id of 15 to 20 digits that contains the time it was made. */
export const snowflakeSchema = z.string().regex(/^\d{15,20}$/);

/** Whether a text has the form of a snowflake. */
export function isSnowflake(text: string): boolean {
  return snowflakeSchema.safeParse(text).success;
}

/** The first millisecond of 2015; no snowflake is older. */
export const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When a snowflake was made, in milliseconds since 1970; 0 for any other text. */
export function snowflakeTime(id: string): number {
  return /^\d{15,20}$/.test(id) ? Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS : 0;
}

/** The lowest snowflake of an instant in milliseconds; every one made later is larger. */
export function snowflakeAt(instantMs: number): string {
  return (BigInt(Math.max(instantMs - DISCORD_EPOCH_MS, 0)) << 22n).toString();
}

/** Whether the first snowflake was made before the second. */
export function isOlderSnowflake(id: string, other: string): boolean {
  return id.length === other.length ? id < other : id.length < other.length;
}
