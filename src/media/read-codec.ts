import type { VideoContent } from '../app/ports/video-port.ts';
import type { OddCodec } from '../domain/tasks/outcome.ts';
import { createBoxReader, firstBox } from './box-reader.ts';
import type { BoxReader, Mp4Box } from './box-reader.ts';
import type { ReadAt } from './mp4-boxes.ts';
import { readParts } from './read-parts.ts';

/**
 * Sample entries of codecs that Discord may not play, by the MP4 registration authority
 * (https://mp4ra.org/registered-types/sampleentries).
 */
const ODD_CODECS: ReadonlyMap<string, OddCodec> = new Map([
  ['hvc1', 'HEVC'],
  ['hev1', 'HEVC'],
  ['dvh1', 'HEVC'],
  ['dvhe', 'HEVC'],
  ['av01', 'AV1'],
  ['dav1', 'AV1'],
  ['vp09', 'VP9'],
]);

/** H.264: a file with such a track plays, whatever else is in it. */
const PLAYABLE: ReadonlySet<string> = new Set(['avc1', 'avc3']);

/** Where a track says what it is made of. */
const TO_SAMPLES = ['mdia', 'minf', 'stbl', 'stsd'];
/** Version, flags and the number of entries, before the sample entries. */
const SAMPLES_HEAD_BYTES = 8;

/**
 * The codec of an mp4, if Discord may not play it. `undefined` for any other codec, for what is no
 * mp4, and if it cannot be read: the note that depends on it is dispensable.
 */
export async function readOddCodec(content: VideoContent): Promise<OddCodec | undefined> {
  try {
    if (!(content instanceof Blob)) {
      const read: ReadAt = async (offset, length) => readParts(content, offset, length);
      return await findOddCodec(read, bytesOf(content));
    }
    return await findOddCodec(async (offset, length) => {
      const part = content.slice(offset, offset + length);
      return Buffer.from(await part.arrayBuffer());
    }, content.size);
  } catch {
    return undefined;
  }
}

function bytesOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}

/** The same of a file of `size` bytes that is read by `readAt`. */
export async function findOddCodec(readAt: ReadAt, size: number): Promise<OddCodec | undefined> {
  const reader = createBoxReader(readAt);
  const moov = await firstBox(reader, 'moov', { start: 0, end: size });
  if (moov === undefined) return undefined;
  let odd: OddCodec | undefined;
  for await (const track of reader.boxesIn(moov.start, moov.end)) {
    if (track.type !== 'trak') continue;
    for (const entry of await sampleEntriesOf(reader, track)) {
      if (PLAYABLE.has(entry)) return undefined;
      odd ??= ODD_CODECS.get(entry);
    }
  }
  return odd;
}

async function sampleEntriesOf(reader: BoxReader, track: Mp4Box): Promise<string[]> {
  let box: Mp4Box | undefined = track;
  for (const type of TO_SAMPLES) {
    if (box === undefined) return [];
    box = await firstBox(reader, type, box);
  }
  if (box === undefined) return [];
  const entries: string[] = [];
  for await (const { type } of reader.boxesIn(box.start + SAMPLES_HEAD_BYTES, box.end)) {
    entries.push(type);
  }
  return entries;
}
