import { runFfmpeg } from './run-ffmpeg.ts';
import type { FfmpegProgram } from './run-ffmpeg.ts';

/** It answers in a tenth of a second; on a loaded machine it may take longer. */
const FIND_MS = 5000;

/**
 * Whether the program is there and runs under its limits: `undefined` if so, else why not, in a few
 * words for the operator.
 */
export async function whyNoFfmpeg(
  program: FfmpegProgram,
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = { args: ['-nostdin', '-version'], limitMs: FIND_MS, maxOutputBytes: 0, signal };
  const end = await runFfmpeg(program, run);
  if (end.kind === 'done') return undefined;
  return ['ENOENT', 'exit 127'].includes(end.detail) ? 'not found' : end.detail;
}
