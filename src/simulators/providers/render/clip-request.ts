import { z } from 'zod';

/** The aspect ratios of clips; `adaptive` follows the first picture. */
const ratioSchema = z.enum(['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', 'adaptive']);
export type ClipRatio = z.infer<typeof ratioSchema>;

const resolutionSchema = z.enum(['480p', '720p', '1080p', '2k', '4k']);
export type ClipResolution = z.infer<typeof resolutionSchema>;

const pictureSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Validates a request in the drawing thread. */
export const clipRequestSchema = z.object({
  prompt: z.string(),
  ratio: ratioSchema,
  resolution: resolutionSchema,
  durationSeconds: z.number().positive(),
  /** Frames per second; by default it depends on the size and the length. */
  fps: z.int().positive().optional(),
  firstFrame: pictureSchema.optional(),
  lastFrame: pictureSchema.optional(),
  references: z.array(pictureSchema).optional(),
  /** Draws the last frame alone, as a PNG. */
  isStill: z.literal(true).optional(),
});

/** The clip to draw. Pictures are complete image files (jpeg, png, webp, gif, bmp). */
export type ClipRequest = z.infer<typeof clipRequestSchema>;

/** Returns the request's pictures in the order in which the clip shows them. */
export function picturesOf(request: ClipRequest): Uint8Array[] {
  const frames = [request.firstFrame, request.lastFrame].filter((frame) => frame !== undefined);
  return frames.length > 0 ? frames : (request.references ?? []);
}
