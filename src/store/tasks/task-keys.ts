import { DAY_MS } from '../../domain/time-units.ts';
import { z } from 'zod';

/** The keys of a task and of its marks, which find a task without reading all of them. */
export const TASK_PREFIX = 'task:';
export const taskKey = (id: string): string => `${TASK_PREFIX}${id}`;
/** A claim says which task an interaction became. It lasts an hour, under the interaction's id. */
export const CLAIM_MS = 60 * 60_000;
export const CLAIM_PREFIX = 'claim:';
export const claimKey = (interactionId: string): string => `${CLAIM_PREFIX}${interactionId}`;
export const OPEN_PREFIX = 'open:';
export const openKey = (id: string): string => `${OPEN_PREFIX}${id}`;
export const HELD_PREFIX = 'held:';
export const heldPrefix = (guildId: string): string => `${HELD_PREFIX}${guildId}:`;
/** Marks a task that its member asked to delete while it could not be deleted. */
export const DELETE_PREFIX = 'forget:';
export const deleteKey = (id: string): string => `${DELETE_PREFIX}${id}`;

export const ENDED_PREFIX = 'ended:';
/** Days since the epoch. */
export const dayOf = (instantMs: number): number => Math.floor(instantMs / DAY_MS);
/** The prefix of the marks of one day; of a fixed length, so that days sort in order. */
export const endedPrefix = (day: number): string =>
  `${ENDED_PREFIX}${String(day).padStart(6, '0')}:`;
/** The day of an `ended` mark. */
export const dayOfMark = (key: string): number =>
  Number(key.slice(ENDED_PREFIX.length).split(':')[0]);
export const endedKey = (id: string, endedAt: number): string =>
  `${endedPrefix(dayOf(endedAt))}${id}`;

/** A member's mark: where the task's journal line is. Kept as long as the task or the line. */
export const memberMarkSchema = z.object({ guildId: z.string(), month: z.string() });
export const MEMBER_PREFIX = 'member:';
export const memberPrefix = (memberId: string): string => `${MEMBER_PREFIX}${memberId}:`;
export const memberKey = ({ memberId, id }: { memberId: string; id: string }): string =>
  `${memberPrefix(memberId)}${id}`;
