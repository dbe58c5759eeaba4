import type { z } from 'zod';
import { DISCORD_EPOCH_MS, snowflakeSchema } from './age.ts';

/** A task's own id, made by us. In the form of a snowflake, so that ids sort by time. */
export const taskIdSchema = snowflakeSchema.brand<'TaskId'>();
export type TaskId = z.output<typeof taskIdSchema>;

export function isTaskId(text: string): text is TaskId {
  return taskIdSchema.safeParse(text).success;
}

/** What follows the milliseconds: two processes that make an id at once make different ones. */
const RANDOM_BITS = 22n;

/**
 * Makes ids of instants in milliseconds. Each is larger than the one before, within one millisecond
 * and where the clock goes back as well. `random` gives numbers in [0, 1).
 */
export function createTaskIds(random: () => number): (atMs: number) => TaskId {
  let last = 0n;
  return (atMs) => {
    const sinceEpochMs = BigInt(Math.max(Math.floor(atMs) - DISCORD_EPOCH_MS, 0));
    const chance = BigInt(Math.floor(random() * Number(1n << RANDOM_BITS)));
    const id = (sinceEpochMs << RANDOM_BITS) + chance;
    last = id > last ? id : last + 1n;
    return taskIdSchema.parse(last.toString());
  };
}
