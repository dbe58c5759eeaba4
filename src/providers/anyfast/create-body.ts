import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import { contentOf } from '../vocabulary/content.ts';
import type { ContentItem } from '../vocabulary/content.ts';

/** The body of `POST /v1/video/generations`. Options that the member did not choose are absent. */
export interface AnyfastCreateBody {
  readonly model: string;
  readonly content: readonly ContentItem[];
  readonly duration: number;
  readonly resolution?: string;
  readonly ratio?: string;
  readonly generate_audio?: boolean;
  readonly watermark?: boolean;
  readonly tools?: readonly { readonly type: 'web_search' }[];
}

/** Builds the body of a create for AnyFast. */
export function anyfastCreateBody(
  { model }: RouteRules,
  submission: Submission,
): AnyfastCreateBody {
  const { durationSeconds, resolution, ratio, sound, watermark } = submission;
  return {
    model,
    content: contentOf(submission),
    duration: durationSeconds,
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(sound === undefined ? {} : { generate_audio: sound }),
    ...(watermark === undefined ? {} : { watermark }),
    ...(submission.webSearch === true ? { tools: [{ type: 'web_search' }] } : {}),
  };
}
