import type { MemberFile } from '../../simulators/discord/actors/api.ts';
import { tinyClip } from '../../simulators/providers/render/tiny-clip.ts';
import { digestOf } from './digest.ts';
import { GUILDS } from './round-world.ts';

/** A file that members of one guild attach again and again; no other guild has the same content. */
export interface SharedMedium {
  /** In the file's name, by which its address at Discord is known. */
  readonly name: string;
  readonly guildId: string;
  readonly kind: 'image' | 'video' | 'audio';
  /** Of its content, in hex. */
  readonly sha256: string;
  readonly file: MemberFile;
}

const WORDS = ['frame', 'sun', 'moon', 'star', 'walk', 'song'] as const;
export type Word = (typeof WORDS)[number];

const TYPES = {
  image: { ending: 'png', contentType: 'image/png', width: 1024, height: 1024 },
  // Without a length, as Discord sends clips: it has to be read from the file.
  video: { ending: 'mp4', contentType: 'video/mp4', width: 64, height: 64 },
  audio: { ending: 'mp3', contentType: 'audio/mpeg' },
} as const;

const KINDS = {
  frame: 'image',
  sun: 'image',
  moon: 'image',
  star: 'image',
  walk: 'video',
  song: 'audio',
} as const satisfies Record<Word, SharedMedium['kind']>;

/** Makes the media of a round: a frame, three pictures, a clip and a sound for each guild. */
export async function makeSharedMedia(): Promise<SharedMedium[]> {
  return Promise.all(
    GUILDS.flatMap(({ id: guildId }) =>
      WORDS.map(async (word) => {
        const name = mediumName(guildId, word);
        const kind = KINDS[word];
        const bytes = await contentFor(name, kind);
        const { ending, ...type } = TYPES[kind];
        const file: MemberFile = { filename: `${name}.${ending}`, bytes, ...type };
        return { name, guildId, kind, sha256: digestOf(bytes), file };
      }),
    ),
  );
}

/** Only clips are ever decoded: of pictures the first bytes are enough. */
async function contentFor(name: string, kind: SharedMedium['kind']): Promise<Uint8Array> {
  if (kind === 'video') return tinyClip(name);
  const start = kind === 'image' ? PNG_SIGNATURE : [];
  return new Uint8Array([...start, ...new TextEncoder().encode(name)]);
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function mediumName(guildId: string, word: Word): string {
  return `shared-${guildId.slice(-1)}-${word}`;
}

/** What a `/video` has attached, by option. */
export type Attached = Readonly<Record<string, Word>>;

/** What members attach: one picture, several, the same one twice, or one beside a clip or a sound. */
export const ATTACHED: readonly Attached[] = [
  { image1: 'sun' },
  { image1: 'sun' },
  { image1: 'moon', image2: 'sun' },
  { image1: 'star', image2: 'star' },
  { first_frame: 'sun' },
  { video1: 'walk' },
  { image1: 'sun', video1: 'walk' },
  { image1: 'moon', audio1: 'song' },
];

/** The medium of a guild by its word. */
export function mediumOf(
  media: readonly SharedMedium[],
  guildId: string,
  word: Word,
): SharedMedium {
  const name = mediumName(guildId, word);
  const medium = media.find((one) => one.name === name);
  if (medium === undefined) throw new Error(`there is no ${name}`);
  return medium;
}
