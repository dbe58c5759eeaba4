import type { Submission } from '../../domain/routes/submission.ts';
import { contentOf } from './content.ts';
import type { ContentItem } from './content.ts';

/** What a create has in ByteDance's format, at its own platform and at resellers. */
export interface SeedanceBody {
  readonly model: string;
  readonly content: readonly ContentItem[];
  readonly duration: number;
  readonly resolution?: string;
  readonly ratio?: string;
  readonly generate_audio?: boolean;
  readonly watermark?: boolean;
  readonly tools?: readonly { readonly type: 'web_search' }[];
}

/** Builds it. Options that the member did not choose are absent. */
export function seedanceBody(model: string, submission: Submission): SeedanceBody {
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
