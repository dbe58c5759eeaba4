import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clipInput } from '../../media/ffmpeg/clip-input.ts';
import { runFfmpeg } from '../../media/ffmpeg/run-ffmpeg.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { digestOf } from './evidence.ts';

/** The mean red, green and blue of a clip's last picture, 0 to 255 each. */
type Colour = readonly number[];

/** How far a channel may be off after another compression; the clips' colours are far apart. */
const TOLERANCE = 20;

/** A file, and the id of its attachment or of its provider's task. */
interface NamedFile {
  readonly id: string;
  readonly file: Uint8Array;
}

/** Finds the attached clips that are no provider's file, as `shownBy` does. */
export async function shrunkClips({
  discord,
  providers,
  folder,
}: Testbed): Promise<Map<string, string>> {
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
  return shownBy(attached, originals, folder);
}

/** Finds for each clip the original that it is a copy of, by their colour, whatever its size. */
export async function shownBy(
  clips: readonly NamedFile[],
  originals: readonly NamedFile[],
  folder: string,
): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  for (const { id, file } of clips) {
    const colour = await colourOf(file, folder);
    for (const original of originals) {
      if (!isAlike(colour, await colourOf(original.file, folder))) continue;
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
async function colourOf(clip: Uint8Array, folder: string): Promise<Colour> {
  const path = join(folder, `shown-${randomUUID()}`);
  await writeFile(path, clip);
  const end = await runFfmpeg(
    { path: 'ffmpeg', searchPath: process.env['PATH'] },
    {
      args: [
        ...clipInput(path),
        ...'-vf scale=1:1:flags=area -pix_fmt rgb24 -f rawvideo'.split(' '),
        `file:${path}.rgb`,
      ],
      limitMs: 30_000,
      maxOutputBytes: 1024 * 1024,
      signal: new AbortController().signal,
    },
  );
  return end.kind === 'done' ? [...(await readFile(`${path}.rgb`)).subarray(-3)] : [];
}
