import { mdIds, nineImages, spIds } from './provider-limits.table.ts';
import type { MediaOption } from './provider-limits.table.ts';

export const fourImages = nineImages.slice(0, 4);
export const threeVideos = ['video1', 'video2', 'video3'] as const;
export const threeAudios = ['audio1', 'audio2', 'audio3'] as const;
export const bothFrames = ['first_frame', 'last_frame'] as const;
const frameFields = { first_image: '{{first_frame}}', last_image: '{{last_frame}}' };

const at = (options: readonly MediaOption[]): string[] => options.map((o) => `{{${o}}}`);

export const maxImages = at(nineImages);
export const maxVideos = ['{{video1}}', '{{video2}}', '{{video3}}'];
export const maxAudios = ['{{audio1}}', '{{audio2}}', '{{audio3}}'];

/** What is attached to a route's request, and the fields that it becomes. */
interface MediaRow {
  readonly id: string;
  readonly media: readonly MediaOption[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly source: string;
}

const firstOrLastAlone = ['seedance2.0-mini-sp', 'seedance2.0-fast-i2v', ...spIds].concat(
  'seedance2.0-mini',
  'seedance2.0-std',
);
const withVideos = ['seedance2.0-mini-sp', ...spIds, ...mdIds, 'seedance2.0-std'];
const withAudios = ['seedance2.0-mini-sp', ...spIds, 'seedance2.0-mini', 'seedance2.0-std'];
const firstField = { first_image: '{{first_frame}}' };
const lastField = { last_image: '{{last_frame}}' };
const silent = 'Project decision: where the documents are silent nothing is refused';

/** Jimmy AI's routes with one kind of attachment at a time. Written from the documents, as all bodies are. */
export const mediaRows: readonly MediaRow[] = [
  ...firstOrLastAlone.flatMap((id): MediaRow[] => [
    { id, media: ['first_frame'], fields: firstField, source: 'Schema: first_image' },
    { id, media: ['last_frame'], fields: lastField, source: 'Schema: last_image' },
    { id, media: nineImages, fields: { images: maxImages }, source: 'Schema: images' },
  ]),
  ...[...firstOrLastAlone, ...mdIds].map((id): MediaRow => ({
    id,
    media: bothFrames,
    fields: frameFields,
    source: 'Schema: first_image, last_image; Fast I2V: First and last frame',
  })),
  ...mdIds.flatMap((id): MediaRow[] => [
    { id, media: fourImages, fields: { images: at(fourImages) }, source: 'Schema: MD max 4' },
    {
      id,
      media: ['image2', 'image5', 'image8', 'image9'],
      fields: { images: ['{{image2}}', '{{image5}}', '{{image8}}', '{{image9}}'] },
      source: 'Schema: MD max 4, whatever the options are numbered',
    },
    {
      id,
      media: [...bothFrames, ...threeVideos],
      fields: { ...frameFields, reference_videos: maxVideos },
      source: silent,
    },
  ]),
  ...withVideos.map((id): MediaRow => ({
    id,
    media: threeVideos,
    fields: { reference_videos: maxVideos },
    source: 'Schema: reference_videos, MD max 3',
  })),
  ...withAudios.map((id): MediaRow => ({
    id,
    media: ['image1', ...threeAudios],
    fields: { images: ['{{image1}}'], reference_audios: maxAudios },
    source: 'Schema: reference_audios; Constraints: pair with images',
  })),
  ...withAudios
    .filter((id) => id !== 'seedance2.0-mini')
    .map((id): MediaRow => ({
      id,
      media: ['video1', 'audio1'],
      fields: { reference_videos: ['{{video1}}'], reference_audios: ['{{audio1}}'] },
      source: 'Constraints: reference_audios pair with reference video',
    })),
  ...['seedance2.0-mini-sp', ...spIds, 'seedance2.0-mini'].map((id): MediaRow => ({
    id,
    media: ['first_frame', 'audio1'],
    fields: { ...firstField, reference_audios: ['{{audio1}}'] },
    source: 'Constraints: reference_audios pair with frames',
  })),
  ...['seedance2.0-mini', 'seedance2.0-std'].map((id): MediaRow => ({
    id,
    media: ['audio1'],
    fields: { reference_audios: ['{{audio1}}'] },
    source: silent,
  })),
  {
    id: 'seedance2.0-mini',
    media: ['video2'],
    fields: { model: 'seedance2.0-mini-video', reference_videos: ['{{video2}}'] },
    source: 'Mini page (through the provider facts): request model with reference videos',
  },
  {
    id: 'seedance2.0-mini',
    media: ['first_frame', 'video1', 'audio1'],
    fields: {
      model: 'seedance2.0-mini-video',
      ...firstField,
      reference_videos: ['{{video1}}'],
      reference_audios: ['{{audio1}}'],
    },
    source: silent,
  },
  {
    id: 'seedance2.0-std',
    media: [...bothFrames, 'video1'],
    fields: { ...frameFields, reference_videos: ['{{video1}}'] },
    source: silent,
  },
  {
    id: 'seedance2.0-mini-sp',
    media: ['audio2', 'video3', 'image7', 'video1', 'image2'],
    fields: {
      images: ['{{image2}}', '{{image7}}'],
      reference_videos: ['{{video1}}', '{{video3}}'],
      reference_audios: ['{{audio2}}'],
    },
    source: 'Attachments go in the order of the options, without gaps',
  },
];
