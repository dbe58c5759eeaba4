import { z } from 'zod';

/** The proportions that a clip can be asked for; `adaptive` follows the first picture. */
const ratioSchema = z.enum(['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', 'adaptive']);
export type ClipRatio = z.infer<typeof ratioSchema>;

const resolutionSchema = z.enum(['480p', '720p', '1080p', '2k', '4k']);
export type ClipResolution = z.infer<typeof resolutionSchema>;

const pictureSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Reads a request where it enters the drawing thread. */
export const clipRequestSchema = z.object({
  prompt: z.string(),
  ratio: ratioSchema,
  resolution: resolutionSchema,
  durationSeconds: z.number().positive(),
  /** Frames a second; left out, the size and the length decide. */
  fps: z.int().positive().optional(),
  firstFrame: pictureSchema.optional(),
  lastFrame: pictureSchema.optional(),
  references: z.array(pictureSchema).optional(),
});

/** What to draw. Pictures are whole image files (jpeg, png, webp, gif, bmp). */
export type ClipRequest = z.infer<typeof clipRequestSchema>;

/** The request's pictures in the order in which the clip shows them. */
export function picturesOf(request: ClipRequest): Uint8Array[] {
  const frames = [request.firstFrame, request.lastFrame].filter((frame) => frame !== undefined);
  return frames.length > 0 ? frames : (request.references ?? []);
}
