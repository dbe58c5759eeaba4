import { spawnSync } from 'node:child_process';
import { env } from 'node:process';
import { describe } from 'vitest';
import type { FfmpegProgram } from '../../src/media/ffmpeg/run-ffmpeg.ts';

/** The machine's own ffmpeg. */
export const FFMPEG: FfmpegProgram = { path: 'ffmpeg', searchPath: env['PATH'] };

const isThere = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0;
const NOTE = ' (skipped: no ffmpeg on this machine; Debian: apt-get install ffmpeg)';

/** Tests that need ffmpeg: skipped with a note on a machine without it, but failing on a builder. */
export function describeWithFfmpeg(title: string, define: () => void): void {
  const isSkipped = !isThere && env['CI'] === undefined;
  describe.skipIf(isSkipped)(`${title}${isSkipped ? NOTE : ''}`, () => {
    define();
  });
}

/** Makes a clip by ffmpeg's own sources, at `toPath`. */
export function makeClip(toPath: string, args: readonly string[]): void {
  const made = spawnSync('ffmpeg', ['-v', 'error', ...args, '-y', toPath], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no clip: ${made.stderr}`);
}
