import type { Config } from '../config/config.ts';
import { whyNoFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.ffmpeg;

/** Checks whether ffmpeg runs, without which two conveniences are not offered. */
export async function checkFfmpeg({ ffmpeg }: Pick<Config, 'ffmpeg'>): Promise<Finding> {
  const fault = await whyNoFfmpeg(ffmpeg, new AbortController().signal);
  if (fault === undefined) return ok(texts.about, texts.runs(ffmpeg.path));
  return warning(texts.about, texts.fails(ffmpeg.path, fault));
}
