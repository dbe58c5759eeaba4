import { z } from 'zod';
import { RATIOS, RESOLUTIONS } from './options.ts';
import type { Ratio, Resolution } from './options.ts';
import { copyRuleFor } from './copy-rules.ts';
import { givenMedia } from './given-media.ts';
import type { GivenMedia } from './given-media.ts';
import { keptReferenceSchema } from './kept-media.ts';
import { mimeTypeOf } from './mime-type.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';
import { sentPrompt } from './sent-prompt.ts';

/**
 * The request to a provider: a validated request with its route's default duration.
 * `resolution`, `ratio`, `sound` and `watermark` are `undefined`, and not sent, unless the member
 * chose them.
 */
export const submissionSchema = z.strictObject({
  /** Not an enum: the route of an old task may have been removed. */
  route: z.string(),
  prompt: z.string(),
  /** Whole seconds of video; always sent, so that the price is certain. */
  durationSeconds: z.int().min(1).max(60),
  resolution: z.enum(RESOLUTIONS).optional(),
  ratio: z.enum(RATIOS).optional(),
  media: z.array(
    z.strictObject({
      role: z.enum([
        'first_frame',
        'last_frame',
        'reference_image',
        'reference_video',
        'reference_audio',
      ]),
      /** Empty if there is only a copy. */
      url: z.string(),
      /** The bot's own copy, sent instead of the address where the provider takes it. */
      copy: keptReferenceSchema
        .extend({ bytes: z.number(), mimeType: z.string().optional() })
        .optional(),
      /** What Discord says of a file that is fetched for the create, where no address is taken. */
      file: z.strictObject({ bytes: z.number(), mimeType: z.string().optional() }).optional(),
      /** The key of its asset, whose id in the provider's library is sent instead of an address. */
      asset: z.string().optional(),
      /** The length of a reference video if Discord reports it; billed, never sent. */
      seconds: z.number().positive().optional(),
    }),
  ),
  sound: z.boolean().optional(),
  webSearch: z.boolean().optional(),
  watermark: z.boolean().optional(),
});
export type Submission = z.infer<typeof submissionSchema>;
export type SubmittedMedia = Submission['media'][number];

/** Converts a request that is valid for the route (by validateRequest) to its submission. */
export function toSubmission(route: Route, request: VideoRequest): Submission {
  return {
    route: route.id,
    prompt: sentPrompt(route, request),
    durationSeconds: request.durationSeconds ?? route.duration.default,
    ...(request.resolution === undefined ? {} : { resolution: request.resolution }),
    ...(request.ratio === undefined ? {} : { ratio: request.ratio }),
    media: givenMedia(request).map((media) => submittedMedia(route, media)),
    ...(request.sound === undefined || route.isSilent === true ? {} : { sound: request.sound }),
    ...(request.webSearch === undefined ? {} : { webSearch: request.webSearch }),
    ...(request.watermark === undefined ? {} : { watermark: request.watermark }),
  };
}

function submittedMedia(route: Route, { kind, role, attachment }: GivenMedia): SubmittedMedia {
  const { url, seconds, kept, bytes, named } = attachment;
  const asset = named?.keys[route.assetLibrary ?? ''];
  const { isFileOnly } = copyRuleFor(route.providerTraits.copies, kind, attachment) ?? {};
  const isFetched = isFileOnly === true && asset === undefined && kept === undefined;
  return {
    role,
    url,
    ...(isFetched ? { file: { bytes, mimeType: mimeTypeOf(attachment) } } : {}),
    ...(asset === undefined ? {} : { asset }),
    ...(kept === undefined ? {} : { copy: { ...kept, bytes, mimeType: mimeTypeOf(attachment) } }),
    ...(role === 'reference_video' && seconds !== undefined ? { seconds } : {}),
  };
}

/** The resolution of the video: the requested one, or the route's own. */
export function effectiveResolution(route: Route, asked: Resolution | undefined): Resolution {
  if (route.output.kind === 'fixed') return route.output.resolution;
  return asked ?? route.output.default;
}

/** The ratio of the video; `undefined` when none was requested and the documents name no default. */
export function effectiveRatio(route: Route, asked: Ratio | undefined): Ratio | undefined {
  return asked ?? route.ratios.default;
}
