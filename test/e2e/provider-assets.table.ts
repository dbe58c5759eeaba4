import { spIds } from './provider-limits.table.ts';
import type { MediaOption } from './provider-limits.table.ts';

/**
 * The JSON body that each provider's document asks for where a prompt names media in its library.
 * `{{image1}}` stands for the address of an attachment, `{{hero}}` for the address of a named medium.
 */
export interface AssetBodyCase {
  readonly model: string;
  readonly prompt: string;
  readonly media: readonly MediaOption[];
  readonly expected: Readonly<Record<string, unknown>>;
  /** The document, and the part of it, that the case comes from. */
  readonly source: string;
}

/** The names in the prompts, and their kinds. */
export const NAMED = { hero: 'image', clip: 'video', song: 'audio' } as const;

const ALL = '{hero} dances like {clip} to {song}, in {{braces}}';

const spCases = spIds.flatMap((id): AssetBodyCase[] => [
  {
    model: `jimmy/${id}`,
    prompt: ALL,
    media: [],
    expected: {
      model: id,
      // No document of Jimmy AI says how a prompt refers to a reference.
      prompt: '@图片1 dances like @视频1 to @音频1, in {braces}',
      duration: 5,
      images: ['{{hero}}'],
      reference_videos: ['{{clip}}'],
      reference_audios: ['{{song}}'],
    },
    source: 'Jimmy AI, SP Create Video: or upload assets first, then use asset://{asset_id}',
  },
  {
    model: `jimmy/${id}`,
    prompt: '{hero} and a friend, {hero} first',
    media: ['image1'],
    expected: {
      model: id,
      prompt: '@图片2 and a friend, @图片2 first',
      duration: 5,
      images: ['{{image1}}', '{{hero}}'],
    },
    source: 'Jimmy AI, SP Create Video: images, https:// URL or asset://',
  },
]);

const anyfastCase = (
  prompt: string,
  media: readonly MediaOption[],
  content: readonly object[],
): AssetBodyCase => ({
  model: 'anyfast/seedance-2.0-mini',
  prompt,
  media,
  expected: { model: 'seedance-2.0-mini', content, duration: 5 },
  source: 'AnyFast: image_url, video_url, audio_url: URL or asset ID (`asset://<ASSET_ID>`)',
});

const image = (url: string) => ({ type: 'image_url', image_url: { url }, role: 'reference_image' });

const anyfastCases: readonly AssetBodyCase[] = [
  anyfastCase(
    ALL,
    [],
    [
      { type: 'text', text: '@image1 dances like @video1 to @audio1, in {braces}' },
      image('{{hero}}'),
      { type: 'video_url', video_url: { url: '{{clip}}' }, role: 'reference_video' },
      { type: 'audio_url', audio_url: { url: '{{song}}' }, role: 'reference_audio' },
    ],
  ),
  anyfastCase(
    '{hero} and a friend',
    ['image3'],
    [{ type: 'text', text: '@image2 and a friend' }, image('{{image3}}'), image('{{hero}}')],
  ),
];

export const assetBodyCases: readonly AssetBodyCase[] = [...spCases, ...anyfastCases];
