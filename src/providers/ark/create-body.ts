import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import { HOUR_MS, SECOND_MS } from '../../domain/time-units.ts';
import type { CreateContext } from '../descriptor.ts';
import { contentOf } from '../vocabulary/content.ts';
import type { ContentItem } from '../vocabulary/content.ts';

/** The body of `POST /contents/generations/tasks`. Options that the member did not choose are absent. */
export interface ArkCreateBody {
  readonly model: string;
  readonly content: readonly ContentItem[];
  readonly duration: number;
  readonly resolution?: string;
  readonly ratio?: string;
  readonly generate_audio?: boolean;
  readonly watermark?: boolean;
  readonly tools?: readonly { readonly type: 'web_search' }[];
  /** In seconds. Without it, what the bot gave up might be made and billed for two days more. */
  readonly execution_expires_after: number;
}

/** The shortest and the longest time that it may be given to make a video. */
const MIN_EXPIRY_MS = HOUR_MS;
const MAX_EXPIRY_MS = 72 * HOUR_MS;

/** Builds the body of a create for Ark. */
export function arkCreateBody(
  { model, mediaModel = model }: RouteRules,
  submission: Submission,
  { taskTimeoutMs }: CreateContext,
): ArkCreateBody {
  const { media, durationSeconds, resolution, ratio, sound, watermark } = submission;
  const expiryMs = Math.min(Math.max(taskTimeoutMs, MIN_EXPIRY_MS), MAX_EXPIRY_MS);
  return {
    model: media.length === 0 ? model : mediaModel,
    content: contentOf(submission),
    duration: durationSeconds,
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(sound === undefined ? {} : { generate_audio: sound }),
    ...(watermark === undefined ? {} : { watermark }),
    ...(submission.webSearch === true ? { tools: [{ type: 'web_search' }] } : {}),
    execution_expires_after: Math.ceil(expiryMs / SECOND_MS),
  };
}
