import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { isAhead } from '../recorded-times.ts';
import { taskIdSchema } from './task-id.ts';

/**
 * A member's click that makes a video: by which button of which message. One member makes one video
 * from one message by one button at a time.
 */
export const clickClaimSchema = z.object({
  memberId: z.string(),
  /** The id in the button's custom id: of a task, or of an offer. */
  sourceId: z.string(),
  action: z.string(),
});
export type ClickClaim = Readonly<z.output<typeof clickClaimSchema>>;

/** One text for a click. */
export function clickKey({ memberId, sourceId, action }: ClickClaim): string {
  return `${memberId}:${sourceId}:${action}`;
}

/** The task that a click made, and when. */
export const madeByClickSchema = z.object({ taskId: taskIdSchema, at: instantSchema });
export type MadeByClick = Readonly<z.output<typeof madeByClickSchema>>;

/** For so long another click makes no video, in milliseconds, even if the first has ended. */
const CLICK_REST_MS = 10_000;

/** Whether a click still stands for its task, so that another one makes nothing. */
export function isClaimed({ at }: MadeByClick, isEnded: boolean, nowMs: number): boolean {
  return !isEnded || (nowMs < at + CLICK_REST_MS && !isAhead(at, nowMs));
}
