import { aspectDistance, aspectOf } from '../routes/aspect.ts';
import type { KeptMedia } from '../routes/kept-media.ts';
import { RATIOS, RESOLUTIONS } from '../routes/options.ts';
import type { Ratio } from '../routes/options.ts';
import type { Attachment, VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { withAccepted } from '../routes/with-accepted.ts';
import type { PlannedRoute } from '../tasks/plan.ts';

/** A clip that a video goes on from: how it was made, and its last frame. */
export interface ContinuedClip {
  readonly request: VideoRequest;
  readonly made: Pick<PlannedRoute, 'resolution' | 'ratio'>;
  readonly frame: KeptMedia;
}

/** What a member entered for the video that goes on. */
export interface Continuation {
  readonly route: Route;
  readonly prompt: string;
  /** `undefined`: the model's default. */
  readonly durationSeconds?: number;
}

/**
 * The request of a video that goes on from a clip: its last frame comes first, without references, at
 * the clip's ratio. The clip's resolution and switches stay where the route takes them.
 */
export function continuedRequest(
  { request, made, frame }: ContinuedClip,
  { route, prompt, durationSeconds }: Continuation,
): VideoRequest {
  const ratio = ratioOf(frame) ?? RATIOS.find((known) => known === made.ratio);
  const { sound, webSearch, watermark } = request;
  const resolution = RESOLUTIONS.find((known) => known === made.resolution);
  const start: VideoRequest = {
    prompt,
    media: { first_frame: keptAttachment(frame) },
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    // A shape with a name is refused where the route does not make it: the clip would change.
    ...(ratio === undefined || ratio === 'adaptive' || isThatOfFrame(route) ? {} : { ratio }),
  };
  const adaptive = start.ratio === undefined ? ({ ratio: 'adaptive' } as const) : {};
  return withAccepted(route, start, { ...adaptive, resolution, sound, webSearch, watermark });
}

/** A copy of the bot's own as an attachment, without an address. */
function keptAttachment({ taskId, option, sha256, ...said }: KeptMedia): Attachment {
  return { ...said, url: '', kept: { taskId, option, sha256 } };
}

/** Encoders round a clip's size to whole blocks, so that its shape is slightly off. */
const SAME_SHAPE = 1.05;

/** The named shape of a picture; `undefined` if it has none, or its size is not known. */
function ratioOf({ width = 0, height = 0 }: KeptMedia): Ratio | undefined {
  if (width <= 0 || height <= 0) return undefined;
  return RATIOS.find((ratio) => {
    const aspect = aspectOf(ratio);
    return aspect !== undefined && aspectDistance(aspect, { width, height }) <= SAME_SHAPE;
  });
}

/** Whether a route makes clips with frames in the shape of the first one alone, which the frame has. */
function isThatOfFrame({ ratios: { withFrames } }: Route): boolean {
  return withFrames?.every((ratio) => ratio === 'adaptive') === true;
}
