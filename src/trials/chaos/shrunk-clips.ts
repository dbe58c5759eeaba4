import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import type { Testbed } from '../../sandbox/testbed.ts';
import { digestOf } from './digest.ts';

/** The mean red, green and blue of a clip's last picture, 0 to 255 each. */
type Colour = readonly number[];

/** How far a channel may be off after another compression; the clips' colours are far apart. */
const TOLERANCE = 20;

/** From an mp4 that begins with its index, to three bytes for each of its pictures. */
const TO_POINTS =
  '-v quiet -f mov -i pipe:0 -vf scale=1:1:flags=area -pix_fmt rgb24 -f rawvideo pipe:1'.split(' ');

/** A file, and the id of its attachment or of its provider's task. */
interface NamedFile {
  readonly id: string;
  readonly file: Uint8Array;
}

/** Finds the attached clips that are no provider's file, as `shownBy` does. */
export async function shrunkClips({ discord, providers }: Testbed): Promise<Map<string, string>> {
  const originals = providers.tasks.flatMap(({ id, file }) =>
    file === undefined ? [] : [{ id, file }],
  );
  const digests = new Set(originals.map(({ file }) => digestOf(file)));
  const attached = discord
    .messages()
    .flatMap(({ attachments }) => attachments)
    .flatMap(({ id, filename }): NamedFile[] => {
      const file = filename.endsWith('.mp4') ? discord.attachmentBytes(id) : undefined;
      return file === undefined || digests.has(digestOf(file)) ? [] : [{ id, file }];
    });
  return shownBy(attached, originals);
}

/** Finds for each clip the original that it is a copy of, by their colour, whatever its size. */
export async function shownBy(
  clips: readonly NamedFile[],
  originals: readonly NamedFile[],
): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  for (const { id, file } of clips) {
    const colour = await colourOf(file);
    for (const original of originals) {
      if (!isAlike(colour, await colourOf(original.file))) continue;
      shown.set(id, original.id);
      break;
    }
  }
  return shown;
}

function isAlike(one: Colour, other: Colour): boolean {
  return (
    one.length > 0 &&
    one.every((channel, index) => Math.abs(channel - (other[index] ?? Infinity)) <= TOLERANCE)
  );
}

/** Has ffmpeg, which made the copy, reduce each picture to one point; empty for what is no clip. */
async function colourOf(clip: Uint8Array): Promise<Colour> {
  const ffmpeg = spawn('ffmpeg', TO_POINTS, { stdio: ['pipe', 'pipe', 'ignore'] });
  ffmpeg.on('error', () => undefined);
  // It reads no further than it needs.
  ffmpeg.stdin.on('error', () => undefined);
  ffmpeg.stdin.end(clip);
  // Without ffmpeg it is no copy of anything.
  const points = await buffer(ffmpeg.stdout).catch(() => Buffer.alloc(0));
  return [...points.subarray(-3)];
}
