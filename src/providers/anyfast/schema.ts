import { CATALOGUE } from '../../domain/routes/catalogue.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import type { Dialect } from '../dialect.ts';
import { hasContent, readCodeError, readProviderError } from '../provider-error.ts';
import { isObject } from '../read-answer.ts';
import { taskIdAt } from '../task-id.ts';

type ContentItem =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image_url';
      readonly image_url: { readonly url: string };
      readonly role: 'first_frame' | 'last_frame' | 'reference_image';
    }
  | {
      readonly type: 'video_url';
      readonly video_url: { readonly url: string };
      readonly role: 'reference_video';
    }
  | {
      readonly type: 'audio_url';
      readonly audio_url: { readonly url: string };
      readonly role: 'reference_audio';
    };

/** The request of `POST /v1/video/generations`; a field that was not asked for is absent. */
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

export function anyfastCreateBody(submission: Submission): AnyfastCreateBody {
  const { prompt, media, durationSeconds, resolution, ratio, sound, watermark } = submission;
  return {
    model: CATALOGUE[submission.route].model,
    content: [{ type: 'text', text: prompt }, ...media.map(contentItem)],
    duration: durationSeconds,
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(sound === undefined ? {} : { generate_audio: sound }),
    ...(watermark === undefined ? {} : { watermark }),
    ...(submission.webSearch === true ? { tools: [{ type: 'web_search' }] } : {}),
  };
}

function contentItem({ role, url }: Submission['media'][number]): ContentItem {
  if (role === 'reference_video') return { type: 'video_url', video_url: { url }, role };
  if (role === 'reference_audio') return { type: 'audio_url', audio_url: { url }, role };
  return { type: 'image_url', image_url: { url }, role };
}

const ID_PATHS = ['id', 'task_id', 'taskId', 'data.id', 'data.task_id', 'data.taskId'];

export const ANYFAST = {
  codeErrorOf: readCodeError,
  errorOf: (body) =>
    isObject(body) && hasContent(body['error']) ? readProviderError(body) : readCodeError(body),
  taskIdOf: (body) => taskIdAt(body, ID_PATHS),
  busySentence: {
    isWhole:
      /^当前分组上游负载已饱和[,，] ?请稍后再试[.。!！]?(?: ?\(request id: [\w-]{1,100}\))?$/,
    core: '当前分组上游负载已饱和',
  },
  isMissing: ({ codes, message }) =>
    codes.includes('task_not_exist') || message.includes('task_not_exist'),
  ownCodes: new Map(),
  doneWords: [],
  failedWords: [],
} satisfies Dialect;
