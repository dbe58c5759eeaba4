import { stat } from 'node:fs/promises';
import { smallerClip } from '../../domain/clips/smaller-clip.ts';
import type { ClipFacts, SmallerClip } from '../../domain/clips/smaller-clip.ts';
import { clipInput } from './clip-input.ts';
import type { Ffmpeg } from './take-last-frame.ts';

const READ_MS = 30_000;
/** It is killed after this. */
const SHRINK_MS = 5 * 60_000;

interface ShrinkOptions {
  readonly toPath: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Writes a smaller copy of a clip, H.264 and AAC, that begins to play before it is loaded. Resolves
 * with whether it is there and fits, else with why not.
 */
export async function shrinkClip(
  ffmpeg: Ffmpeg,
  clipPath: string,
  { toPath, maxBytes, signal }: ShrinkOptions,
): Promise<{ readonly isShrunk: true } | { readonly isShrunk: false; readonly why: string }> {
  const facts = await readClip(ffmpeg, clipPath, signal);
  if (facts === undefined) return { isShrunk: false, why: 'no clip that can be read' };
  const smaller = smallerClip(facts, maxBytes);
  if (smaller === undefined) return { isShrunk: false, why: 'too long for that size' };
  const end = await ffmpeg({
    args: shrinkArguments(clipPath, smaller, toPath),
    limitMs: SHRINK_MS,
    maxOutputBytes: maxBytes * 2,
    signal,
  });
  if (end.kind === 'failed') return { isShrunk: false, why: end.detail };
  const { size } = await stat(toPath);
  return size <= maxBytes ? { isShrunk: true } : { isShrunk: false, why: 'still too large' };
}

function shrinkArguments(clipPath: string, smaller: SmallerClip, toPath: string): string[] {
  const { width, height, videoBits, audioBits } = smaller;
  return [
    ...clipInput(clipPath),
    ...`-map 0:v:0 -map 0:a:0? -sn -dn -map_metadata -1 -vf scale=${width}:${height}`.split(' '),
    ...'-c:v libx264 -preset fast -profile:v high -pix_fmt yuv420p -threads 1'.split(' '),
    ...`-b:v ${videoBits} -maxrate ${videoBits} -bufsize ${videoBits * 2}`.split(' '),
    ...`-c:a aac -ac 2 -b:a ${audioBits} -movflags +faststart -f mp4 -y`.split(' '),
    `file:${toPath}`,
  ];
}

/** Reads what ffmpeg says of a clip; it ends with a fault then, because no output is named. */
export async function readClip(
  ffmpeg: Ffmpeg,
  clipPath: string,
  signal: AbortSignal,
): Promise<ClipFacts | undefined> {
  const limits = { limitMs: READ_MS, maxOutputBytes: 0, signal };
  const { text } = await ffmpeg({ args: clipInput(clipPath), ...limits });
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(text) ?? [];
  const video = /Stream #0:\d+.*?: Video: .*/.exec(text)?.[0] ?? '';
  const [, width, height] = /, (\d{1,5})x(\d{1,5})[ ,]/.exec(video) ?? [];
  const [, fps] = /, (\d+(?:\.\d+)?) fps/.exec(video) ?? [];
  const facts = {
    width: Number(width),
    height: Number(height),
    fps: Number(fps),
    seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
  };
  return Object.values(facts).every((value) => value > 0) ? facts : undefined;
}
