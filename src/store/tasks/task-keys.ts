import { DAY_MS } from '../../domain/time-units.ts';
import { z } from 'zod';

/** The keys under which a task and its marks stand; a mark makes a task found without a walk. */
export const TASK_PREFIX = 'task:';
export const taskKey = (id: string): string => `${TASK_PREFIX}${id}`;
/** Which task an interaction was made into; stands for an hour, by the interaction's id. */
export const CLAIM_MS = 60 * 60_000;
export const CLAIM_PREFIX = 'claim:';
export const claimKey = (interactionId: string): string => `${CLAIM_PREFIX}${interactionId}`;
export const OPEN_PREFIX = 'open:';
export const openKey = (id: string): string => `${OPEN_PREFIX}${id}`;
export const HELD_PREFIX = 'held:';
export const heldPrefix = (guildId: string): string => `${HELD_PREFIX}${guildId}:`;
/** Asked to be deleted while it could not be. */
export const DELETE_PREFIX = 'forget:';
export const deleteKey = (id: string): string => `${DELETE_PREFIX}${id}`;

export const ENDED_PREFIX = 'ended:';
/** Days since the epoch. */
export const dayOf = (instantMs: number): number => Math.floor(instantMs / DAY_MS);
/** Of a fixed length, so that days sort as they follow each other. */
export const endedPrefix = (day: number): string =>
  `${ENDED_PREFIX}${String(day).padStart(6, '0')}:`;
/** The day of such a mark. */
export const dayOfMark = (key: string): number =>
  Number(key.slice(ENDED_PREFIX.length).split(':')[0]);
export const endedKey = (id: string, endedAt: number): string =>
  `${endedPrefix(dayOf(endedAt))}${id}`;

/** Where a member's task has its journal line; stays as long as the task or that line. */
export const memberMarkSchema = z.object({ guildId: z.string(), month: z.string() });
export const MEMBER_PREFIX = 'member:';
export const memberPrefix = (memberId: string): string => `${MEMBER_PREFIX}${memberId}:`;
export const memberKey = ({ memberId, id }: { memberId: string; id: string }): string =>
  `${memberPrefix(memberId)}${id}`;
