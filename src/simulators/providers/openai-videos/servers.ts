import type { JsonReply } from '../json-reply.ts';

/** What a server tells about itself: what it takes, and how it answers. */
export interface VideoServer {
  readonly model: string;
  readonly newTaskId: (newId: () => string) => string;
  /** The lengths that its model makes, in seconds. */
  readonly lengths: { readonly min: number; readonly max: number };
  /** How `seconds` comes: digits as text, or a whole number. */
  readonly seconds: 'text' | 'number' | 'either';
  /** The field of a picture, and how it comes there. */
  readonly picture: { readonly field: string; readonly as: 'address' | 'object' | 'file' };
  /** Fields that it takes besides. */
  readonly more: readonly string[];
  readonly words: Readonly<Record<'queued' | 'running' | 'finished' | 'failed', string>>;
  readonly error: (status: number, code: string, message: string) => JsonReply;
  readonly missing: JsonReply;
  readonly noSuchPath: (method: string, path: string) => string;
  /** What the error of a failed task looks like. */
  readonly failed: (message: string) => object;
  /** Whether a finished task has an address in the answer as well. */
  readonly givesAddress: boolean;
  readonly reportsUsage: boolean;
}

const OPENAI_WORDS = {
  queued: 'queued',
  running: 'in_progress',
  finished: 'completed',
  failed: 'failed',
};

function openAiError(status: number, code: string, message: string): JsonReply {
  return {
    status,
    body: { error: { message, type: 'invalid_request_error', param: null, code } },
  };
}

const fastApiNotFound = (): string => JSON.stringify({ detail: 'Not Found' });

/** vLLM-Omni: protocol/videos.py and its page on the videos API. */
export const VLLM_OMNI: VideoServer = {
  model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers',
  newTaskId: (newId) => `video_gen_${newId()}`,
  lengths: { min: 2, max: 5 },
  seconds: 'text',
  picture: { field: 'image_reference', as: 'object' },
  more: ['seed', 'negative_prompt', 'num_inference_steps', 'guidance_scale', 'flow_shift', 'fps'],
  words: OPENAI_WORDS,
  error: openAiError,
  missing: openAiError(404, 'not_found', 'Video not found'),
  noSuchPath: fastApiNotFound,
  failed: (message) => ({ error: { code: 500, message } }),
  givesAddress: false,
  reportsUsage: false,
};

/** SGLang's diffusion server: video_api.py. Its errors are FastAPI's. */
export const SGLANG: VideoServer = {
  model: 'hunyuan-video',
  newTaskId: (newId) => `${newId()}-4b1d-${newId()}`,
  lengths: { min: 1, max: 5 },
  seconds: 'number',
  picture: { field: 'reference_url', as: 'address' },
  more: ['seed', 'num_frames', 'fps'],
  // It has no word for a task on its way.
  words: { ...OPENAI_WORDS, running: 'queued' },
  error: (status, _code, message) => ({ status, body: { detail: message } }),
  missing: { status: 404, body: { detail: 'Video not found' } },
  noSuchPath: fastApiNotFound,
  failed: (message) => ({ error: { message } }),
  givesAddress: false,
  reportsUsage: false,
};

/** LiteLLM's proxy: types/videos/main.py. Its ids are long: they have the provider and the model inside. */
export const LITELLM: VideoServer = {
  model: 'azure/sora-2',
  newTaskId: (newId) =>
    `video_${Buffer.from(`litellm:custom_llm_provider:azure;model_id:sora-2;video_id:${newId()}`).toString('base64')}`,
  lengths: { min: 4, max: 12 },
  seconds: 'either',
  picture: { field: 'input_reference', as: 'file' },
  more: [],
  words: OPENAI_WORDS,
  error: openAiError,
  missing: openAiError(404, '404', 'Video not found'),
  noSuchPath: fastApiNotFound,
  failed: (message) => ({ error: { code: 'video_generation_failed', message } }),
  givesAddress: false,
  reportsUsage: false,
};

/** New-API: relay_task.go and dto/openai_video.go. */
export const NEW_API: VideoServer = {
  model: 'kling-v2-5',
  newTaskId: (newId) => `task_${newId()}`,
  lengths: { min: 5, max: 10 },
  seconds: 'text',
  picture: { field: 'image', as: 'address' },
  more: ['mode'],
  words: OPENAI_WORDS,
  error: (status, code, message) => ({ status, body: { code, message, data: null } }),
  missing: {
    status: 400,
    body: { code: 'task_not_exist', message: 'task_not_exist', data: null },
  },
  noSuchPath: (method, path) =>
    JSON.stringify({
      error: {
        message: `Invalid URL (${method} ${path})`,
        type: 'invalid_request_error',
        param: '',
        code: '',
      },
    }),
  failed: (message) => ({ error: { message, code: 'task_failed' } }),
  givesAddress: true,
  reportsUsage: true,
};
