import type { z } from 'zod';
import { DISCORD_EPOCH_MS, snowflakeSchema } from './snowflake.ts';

/** A task's id, made by the bot in the form of a snowflake, so that ids sort by time. */
export const taskIdSchema = snowflakeSchema.brand<'TaskId'>();
export type TaskId = z.output<typeof taskIdSchema>;

export function isTaskId(text: string): text is TaskId {
  return taskIdSchema.safeParse(text).success;
}

/** The random bits after the milliseconds, which make ids of concurrent processes differ. */
const RANDOM_BITS = 22n;

/**
 * Creates a generator of ids from instants in milliseconds. Each id is larger than the one before,
 * also within a millisecond and after the clock was set back. `random` returns numbers in [0, 1).
 */
export function createTaskIds(random: () => number): (atMs: number) => TaskId {
  let last = 0n;
  return (atMs) => {
    const sinceEpochMs = BigInt(Math.max(Math.floor(atMs) - DISCORD_EPOCH_MS, 0));
    const suffix = BigInt(Math.floor(random() * Number(1n << RANDOM_BITS)));
    const id = (sinceEpochMs << RANDOM_BITS) + suffix;
    last = id > last ? id : last + 1n;
    return taskIdSchema.parse(last.toString());
  };
}
