import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';

/**
 * The body of `POST /videos`. The resolution is always there, like the length, because the documents
 * give no default of it and it decides the price.
 */
export function openrouterCreateBody({ model, output }: RouteRules, submission: Submission) {
  const { prompt, durationSeconds, ratio, sound, media } = submission;
  const resolution =
    submission.resolution ?? (output.kind === 'fixed' ? output.resolution : output.default);
  const frames = media.map(({ role, url }) => ({
    type: 'image_url',
    image_url: { url },
    frame_type: role,
  }));
  return {
    model,
    prompt,
    duration: durationSeconds,
    // Written as the documents do: `2K`, but `720p`.
    resolution: resolution.replace('k', 'K'),
    ...(ratio === undefined ? {} : { aspect_ratio: ratio }),
    ...(sound === undefined ? {} : { generate_audio: sound }),
    ...(frames.length === 0 ? {} : { frame_images: frames }),
  };
}
