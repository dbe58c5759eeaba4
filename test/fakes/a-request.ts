import { MEDIA_OPTIONS } from '../../src/domain/routes/options.ts';
import type { MediaKind, VideoOption } from '../../src/domain/routes/options.ts';
import type { Attachment, VideoRequest } from '../../src/domain/routes/request.ts';

const FILES: Readonly<Record<MediaKind, Pick<Attachment, 'filename' | 'mimeType'>>> = {
  image: { filename: 'picture.png', mimeType: 'image/png' },
  video: { filename: 'clip.mp4', mimeType: 'video/mp4' },
  audio: { filename: 'sound.mp3', mimeType: 'audio/mpeg' },
};

/** An ordinary file for that option: every route that takes the kind takes it. */
export function anAttachment(option: string, changes: Partial<Attachment> = {}): Attachment {
  const kind = MEDIA_OPTIONS.find((known) => known.option === option)?.kind ?? 'image';
  return {
    ...FILES[kind],
    url: `https://cdn.test/${option}?ex=1&hm=2`,
    bytes: 100_000,
    ...(kind === 'audio' ? {} : { width: 1280, height: 720 }),
    ...(kind === 'image' ? {} : { seconds: 3 }),
    ...changes,
  };
}

/** Ordinary files for these options. */
export function media(
  options: readonly string[],
  changes: Partial<Attachment> = {},
): VideoRequest['media'] {
  return Object.fromEntries(options.map((option) => [option, anAttachment(option, changes)]));
}

export const aRequest = (changes: Partial<VideoRequest> = {}): VideoRequest => ({
  prompt: 'a paper boat',
  media: {},
  ...changes,
});

/** `image1` to `image9`, say. */
export const numbered = (kind: MediaKind, count: number): VideoOption[] =>
  MEDIA_OPTIONS.filter(({ option }) => option.startsWith(kind))
    .slice(0, count)
    .map(({ option }) => option);
