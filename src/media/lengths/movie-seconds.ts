import { createBoxReader, firstBox } from '../box-reader.ts';
import type { ReadAt } from '../mp4-boxes.ts';

/** Version, flags, two times, time scale and duration; with version 1, times and duration have eight bytes. */
const MVHD_BYTES = { short: 20, long: 32 };

/**
 * The length of an mp4 or mov in seconds, by the header of its movie (`mvhd`, ISO/IEC 14496-12).
 * `undefined` if it has none or says nothing usable: no time scale, zero, or "unknown".
 */
export async function movieSeconds(readAt: ReadAt, size: number): Promise<number | undefined> {
  const reader = createBoxReader(readAt);
  const moov = await firstBox(reader, 'moov', { start: 0, end: size });
  const mvhd = moov === undefined ? undefined : await firstBox(reader, 'mvhd', moov);
  if (mvhd === undefined) return undefined;
  const length = Math.min(MVHD_BYTES.long, mvhd.end - mvhd.start);
  return secondsOf(await readAt(mvhd.start, length));
}

function secondsOf(mvhd: Buffer): number | undefined {
  const isLong = mvhd[0] === 1;
  if (mvhd.length < (isLong ? MVHD_BYTES.long : MVHD_BYTES.short)) return undefined;
  const timeScale = mvhd.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? mvhd.readBigUInt64BE(24) : BigInt(mvhd.readUInt32BE(16));
  const unknown = isLong ? 0xff_ff_ff_ff_ff_ff_ff_ffn : 0xff_ff_ff_ffn;
  if (timeScale === 0 || duration === 0n || duration === unknown) return undefined;
  return Number(duration) / timeScale;
}
