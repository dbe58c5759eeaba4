import type { Submission } from '../../domain/routes/submission.ts';
import { CATALOGUE } from '../../domain/routes/catalogue.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Dialect } from '../dialect.ts';
import { readCodeError } from '../provider-error.ts';
import { valueAt, nonEmptyText } from '../read-answer.ts';
import { taskIdAt } from '../task-id.ts';

/** The request of `POST /api/open-api/v1/seedance/videos`; a field that was not asked for is absent. */
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

export function jimmyCreateBody(submission: Submission): JimmyCreateBody {
  const { prompt, durationSeconds, resolution } = submission;
  const route = CATALOGUE[submission.route];
  const urls = (role: Submission['media'][number]['role']): string[] =>
    submission.media.filter((media) => media.role === role).map((media) => media.url);
  const [firstImage] = urls('first_frame');
  const [lastImage] = urls('last_frame');
  const images = urls('reference_image');
  const videos = urls('reference_video');
  const audios = urls('reference_audio');
  const ratio = ratioField(route, submission.ratio);
  return {
    model: modelField(route, resolution),
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

/** Full has one model a resolution: `sd2_mx_1080p`. */
function modelField({ model, output }: Route, resolution: Submission['resolution']): string {
  return output.kind === 'model' ? `${model}_${resolution ?? output.default}` : model;
}

/** Full writes its seventh ratio with a capital. */
function ratioField({ output }: Route, ratio: Submission['ratio']): string | undefined {
  return output.kind === 'model' && ratio === 'adaptive' ? 'Adaptive' : ratio;
}

const ID_PATHS = ['data.task_id', 'data.taskId', 'data.id', 'task_id', 'taskId', 'id'];

export const JIMMY = {
  codeErrorOf: readCodeError,
  errorOf: readCodeError,
  taskIdOf: (body) => {
    const code = valueAt(body, 'code');
    // No code at all is an older form; a code of some other type is no form that we know.
    if (code !== undefined && code !== null && nonEmptyText(code) === undefined) return undefined;
    return taskIdAt(body, ID_PATHS);
  },
  isMissing: ({ message }) => message.includes('任务不存在'),
  ownCodes: new Map([
    ['20001', 'unauthorized'],
    ['20002', 'parameters'],
    ['-1', 'provider-trouble'],
  ]),
  doneWords: ['1'],
  failedWords: ['2'],
} satisfies Dialect;
