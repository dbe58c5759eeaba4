import type { Submission } from '../../domain/routes/submission.ts';
import type { RouteRules } from '../../domain/routes/route.ts';

/** The body of `POST /api/open-api/v1/seedance/videos`. Options that the member did not choose are absent. */
export interface JimmyCreateBody {
  readonly model: string;
  readonly prompt: string;
  readonly duration: number;
  readonly resolution?: string;
  readonly ratio?: string;
  readonly images?: readonly string[];
  readonly first_image?: string;
  readonly last_image?: string;
  readonly reference_videos?: readonly string[];
  readonly reference_audios?: readonly string[];
}

/** Builds the body of a create for Jimmy AI. */
export function jimmyCreateBody(route: RouteRules, submission: Submission): JimmyCreateBody {
  const { prompt, durationSeconds, resolution } = submission;
  const urls = (role: Submission['media'][number]['role']): string[] =>
    submission.media.filter((media) => media.role === role).map((media) => media.url);
  const [firstImage] = urls('first_frame');
  const [lastImage] = urls('last_frame');
  const images = urls('reference_image');
  const videos = urls('reference_video');
  const audios = urls('reference_audio');
  const ratio = ratioField(route, submission.ratio);
  return {
    model: modelField(route, submission),
    prompt,
    duration: durationSeconds,
    ...(route.output.kind === 'field' && resolution !== undefined ? { resolution } : {}),
    ...(ratio === undefined ? {} : { ratio }),
    ...(images.length === 0 ? {} : { images }),
    ...(firstImage === undefined ? {} : { first_image: firstImage }),
    ...(lastImage === undefined ? {} : { last_image: lastImage }),
    ...(videos.length === 0 ? {} : { reference_videos: videos }),
    ...(audios.length === 0 ? {} : { reference_audios: audios }),
  };
}

/**
 * Mini has a model of its own for reference videos. Seedance 2.0 Full has a model for each
 * resolution, such as `sd2_mx_1080p`.
 */
function modelField(
  { model, videoModel = model, output }: RouteRules,
  { media, resolution }: Submission,
): string {
  const hasVideo = media.some(({ role }) => role === 'reference_video');
  const name = hasVideo ? videoModel : model;
  return output.kind === 'model' ? `${name}_${resolution ?? output.default}` : name;
}

/** Seedance 2.0 Full writes `Adaptive` with a capital letter. */
function ratioField({ output }: RouteRules, ratio: Submission['ratio']): string | undefined {
  return output.kind === 'model' && ratio === 'adaptive' ? 'Adaptive' : ratio;
}
