import { z } from 'zod';

import type { ClipRatio, ClipResolution } from '../render/clip-request.ts';
import { explainIssue } from '../explain-issue.ts';
import type { ParsedClip, RequestedMedia } from '../requested-clip.ts';
import { firstViolation } from '../requested-clip.ts';
import type { JimmyRoute } from './routes.ts';
import { JIMMY_ROUTES } from './routes.ts';

const addresses = z.array(z.string().min(1)).default([]);

// SeedanceGenerationRequest of the documents, without any other fields.
const createSchema = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1),
  duration: z.int(),
  resolution: z.enum(['480p', '720p', '1080p']).optional(),
  orientation: z.enum(['landscape', 'portrait']).optional(),
  ratio: z.string().optional(),
  images: addresses,
  first_image: z.string().min(1).optional(),
  last_image: z.string().min(1).optional(),
  reference_videos: addresses,
  reference_audios: addresses,
});

type Body = z.infer<typeof createSchema>;
interface CreateSubject {
  readonly body: Body;
  readonly route: JimmyRoute;
  readonly media: readonly RequestedMedia[];
}

/** Validates the body of a create by the documents of its route. */
export function readJimmyCreate(input: unknown): ParsedClip {
  const parsed = createSchema.safeParse(input);
  if (!parsed.success) return { ok: false, reason: explainIssue(parsed.error) };
  const body = parsed.data;
  const route = JIMMY_ROUTES.get(body.model);
  if (route === undefined) return { ok: false, reason: `不支持的模型参数: ${body.model}` };
  const media = mediaOf(body);
  const reason = firstViolation(RULES, { body, route, media });
  if (reason !== undefined) return { ok: false, reason };
  return {
    ok: true,
    clip: {
      model: body.model,
      prompt: body.prompt,
      durationSeconds: body.duration,
      resolution: resolutionOf(body, route),
      ratio: ratioOf(body, route),
      media,
    },
  };
}

function mediaOf(body: Body): RequestedMedia[] {
  const media: RequestedMedia[] = [];
  const add = (use: RequestedMedia['use'], field: string, address: string | undefined): void => {
    if (address !== undefined) media.push({ use, field, address });
  };
  add('first-frame', 'first_image', body.first_image);
  add('last-frame', 'last_image', body.last_image);
  for (const [index, address] of body.images.entries()) {
    add('reference-image', `images[${index}]`, address);
  }
  for (const [index, address] of body.reference_videos.entries()) {
    add('reference-video', `reference_videos[${index}]`, address);
  }
  for (const [index, address] of body.reference_audios.entries()) {
    add('reference-audio', `reference_audios[${index}]`, address);
  }
  return media;
}

function framesIn(body: Body): number {
  return [body.first_image, body.last_image].filter((frame) => frame !== undefined).length;
}

const RULES: readonly ((subject: CreateSubject) => string | undefined)[] = [
  ({ body, route: { seconds } }) =>
    body.duration < seconds[0] || body.duration > seconds[1]
      ? `duration must be between ${seconds[0]} and ${seconds[1]}`
      : undefined,
  ({ body, route: { maxPrompt } }) =>
    maxPrompt !== undefined && Array.from(body.prompt).length > maxPrompt
      ? `prompt must be at most ${maxPrompt} characters`
      : undefined,
  ({ body, route: { resolution } }) =>
    body.resolution !== undefined &&
    'allowed' in resolution &&
    !resolution.allowed.includes(body.resolution)
      ? `resolution must be one of ${resolution.allowed.join(', ')}`
      : undefined,
  ({ body, route: { ratios } }) =>
    body.ratio !== undefined && !ratios.includes(body.ratio)
      ? `ratio must be one of ${ratios.join(', ')}`
      : undefined,
  ({ body }) =>
    body.images.length > 0 && framesIn(body) > 0
      ? 'images cannot be used together with first_image / last_image'
      : undefined,
  ({ body, route }) => {
    const count = body.images.length + (route.framesCount === true ? framesIn(body) : 0);
    return count > (route.maxImages ?? Infinity)
      ? `at most ${route.maxImages} reference images`
      : undefined;
  },
  ({ body, route }) =>
    route.bothFrames === true && framesIn(body) === 1
      ? 'first_image and last_image must be given together'
      : undefined,
  ({ body, route }) =>
    !route.videos && body.reference_videos.length > 0
      ? `reference_videos is not supported on ${body.model}`
      : undefined,
  ({ body, route: { maxVideos } }) =>
    body.reference_videos.length > (maxVideos ?? Infinity)
      ? `at most ${maxVideos} reference videos`
      : undefined,
  audioViolation,
  ({ route, media }) =>
    media.map((one) => addressViolation(route, one)).find((reason) => reason !== undefined),
];

function audioViolation({ body, route }: CreateSubject): string | undefined {
  const count = body.reference_audios.length;
  if (count === 0) return undefined;
  if (route.audios === 'no') return `reference_audios is not supported on ${body.model}`;
  if (count > (route.maxAudios ?? Infinity)) return `at most ${route.maxAudios} reference audios`;
  if (route.audios === 'without-frames' && framesIn(body) > 0) {
    return 'frame mode does not support audio references';
  }
  if (route.audios !== 'paired') return undefined;
  const companions = body.images.length + body.reference_videos.length + framesIn(body);
  return companions === 0 ? 'reference_audios cannot be used alone' : undefined;
}

function addressViolation(
  route: JimmyRoute,
  { field, address }: RequestedMedia,
): string | undefined {
  const isAsset = /^asset:\/\/[\w-]+$/.test(address);
  const isUrl = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (route.media === 'asset') return isAsset ? undefined : `${field} must be asset://{assetId}`;
  if (isUrl || (isAsset && route.media === 'url-or-asset')) return undefined;
  return `${field} must be a public https:// URL`;
}

function resolutionOf(body: Body, route: JimmyRoute): ClipResolution {
  return 'fixed' in route.resolution ? route.resolution.fixed : (body.resolution ?? '720p');
}

const RATIOS: Readonly<Record<string, ClipRatio>> = {
  '16:9': '16:9',
  '9:16': '9:16',
  '1:1': '1:1',
  '4:3': '4:3',
  '3:4': '3:4',
  '21:9': '21:9',
  adaptive: 'adaptive',
  Adaptive: 'adaptive',
};

function ratioOf(body: Body, route: JimmyRoute): ClipRatio {
  if (body.ratio !== undefined) return RATIOS[body.ratio] ?? route.defaultRatio;
  if (body.orientation !== undefined) return body.orientation === 'portrait' ? '9:16' : '16:9';
  return route.defaultRatio;
}
