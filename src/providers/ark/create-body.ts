import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import { HOUR_MS, SECOND_MS } from '../../domain/time-units.ts';
import type { CreateContext } from '../descriptor.ts';
import { seedanceBody } from '../vocabulary/seedance-body.ts';
import type { SeedanceBody } from '../vocabulary/seedance-body.ts';

/** The body of `POST /contents/generations/tasks`. */
export interface ArkCreateBody extends SeedanceBody {
  /** In seconds. Without it, what the bot gave up might be made and billed for two days more. */
  readonly execution_expires_after: number;
  /** Without it the last frame would be taken from the clip, whose compression it has. */
  readonly return_last_frame?: true;
}

/** The shortest and the longest time that it may be given to make a video. */
const MIN_EXPIRY_MS = HOUR_MS;
const MAX_EXPIRY_MS = 72 * HOUR_MS;

/** Builds the body of a create for Ark. */
export function arkCreateBody(
  { model, mediaModel = model }: RouteRules,
  submission: Submission,
  { taskTimeoutMs, wantsLastFrame }: CreateContext,
): ArkCreateBody {
  const expiryMs = Math.min(Math.max(taskTimeoutMs, MIN_EXPIRY_MS), MAX_EXPIRY_MS);
  return {
    ...seedanceBody(submission.media.length === 0 ? model : mediaModel, submission),
    execution_expires_after: Math.ceil(expiryMs / SECOND_MS),
    ...(wantsLastFrame ? { return_last_frame: true } : {}),
  };
}
