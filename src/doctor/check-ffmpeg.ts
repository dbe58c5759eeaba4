import type { Config } from '../config/config.ts';
import { whyNoFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

const ABOUT = 'ffmpeg';

/** Checks whether ffmpeg runs, without which two conveniences are not offered. */
export async function checkFfmpeg({ ffmpeg }: Pick<Config, 'ffmpeg'>): Promise<Finding> {
  const fault = await whyNoFfmpeg(ffmpeg, new AbortController().signal);
  if (fault === undefined) return ok(ABOUT, `${ffmpeg.path} runs`);
  return warning(
    ABOUT,
    `${ffmpeg.path} does not run (${fault}): no video goes on from the last frame of another, and clips too large for Discord are not made smaller`,
    'Install ffmpeg (Debian: apt-get install ffmpeg), or set FFMPEG_PATH to it',
  );
}
