import { stat } from 'node:fs/promises';
import { clipInput } from './clip-input.ts';
import type { FfmpegEnd, FfmpegRun } from './run-ffmpeg.ts';

/** Runs ffmpeg once. */
export type Ffmpeg = (run: FfmpegRun) => Promise<FfmpegEnd>;

/** Each of both tries, in milliseconds. */
const LIMIT_MS = 30_000;

/** A picture of 4K as PNG is under this. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/**
 * Writes the last picture of a clip as PNG, without the loss of another compression. Resolves with
 * whether it is there, else with why not.
 */
export async function takeLastFrame(
  ffmpeg: Ffmpeg,
  clipPath: string,
  { toPath, signal }: { readonly toPath: string; readonly signal: AbortSignal },
): Promise<{ readonly isTaken: true } | { readonly isTaken: false; readonly why: string }> {
  const limits = { limitMs: LIMIT_MS, maxOutputBytes: MAX_FRAME_BYTES, signal };
  // The last second, which is quick; all of it where its sound is longer than its pictures.
  for (const seek of [['-sseof', '-1'], []]) {
    const end = await ffmpeg({ args: frameArguments(clipPath, seek, toPath), ...limits });
    if (end.kind === 'failed') return { isTaken: false, why: end.detail };
    if (await isThere(toPath)) return { isTaken: true };
  }
  return { isTaken: false, why: 'no picture in it' };
}

/** Each picture overwrites the one before, so that the last one stays. */
function frameArguments(clipPath: string, seek: readonly string[], toPath: string): string[] {
  const which = ['-map', '0:v:0', '-an', '-sn', '-dn', '-map_metadata', '-1'];
  const how = ['-f', 'image2', '-update', '1', '-c:v', 'png', '-threads', '1', '-y'];
  return [...clipInput(clipPath, seek), ...which, ...how, `file:${toPath}`];
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch {
    return false;
  }
}
