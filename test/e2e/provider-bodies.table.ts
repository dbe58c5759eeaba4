import {
  jimmyIds,
  mdIds,
  nineImages,
  prompt,
  refusalRows,
  settingsRows,
  spIds,
} from './provider-limits.table.ts';
import {
  bothFrames,
  fourImages,
  maxAudios,
  maxImages,
  maxVideos,
  mediaRows,
  threeAudios,
  threeVideos,
} from './provider-media.table.ts';
import { arkCases } from './provider-ark.table.ts';
import { openrouterCases } from './provider-openrouter.table.ts';
import type { MediaOption, VideoOptions } from './provider-limits.table.ts';

/**
 * The JSON body that each provider's document asks for, for one `/video` call each. Written from the
 * documents, never from the adapters. `{{image1}}` stands for the address of that attachment.
 */
export interface BodyCase {
  readonly name: string;
  readonly command: VideoOptions & { readonly model: string; readonly prompt: string };
  /** The whole body, compared as a whole; a field that is not here must not be sent. */
  readonly expected: Readonly<Record<string, unknown>> | 'refused';
  /** Refused only: exactly the options that the refusal names. */
  readonly faultOptions?: readonly string[];
  /** The document, and the part of it, that the case comes from. */
  readonly source: string;
}

const text = { type: 'text', text: prompt };
const anyfastModel = 'anyfast/seedance-2.0-mini';
const anyfastId = 'seedance-2.0-mini';

function bodyCase(
  model: string,
  what: string,
  options: VideoOptions,
  expected: Readonly<Record<string, unknown>>,
  source: string,
): BodyCase {
  const name = `${model} takes ${what}`;
  return { name, command: { model, prompt, ...options }, expected, source };
}

// --- Text alone: the required fields and nothing else -----------------------------------------

const textCases: readonly BodyCase[] = [
  ...jimmyIds.map(([model, id, source]) =>
    bodyCase(model, 'a prompt alone', {}, { model: id, prompt, duration: 5 }, source),
  ),
  bodyCase(
    anyfastModel,
    'a prompt alone',
    {},
    { model: 'seedance-2.0-mini', content: [{ type: 'text', text: prompt }], duration: 5 },
    'AnyFast: required; duration default 5',
  ),
];

// --- Every duration bound, resolution and ratio, each at least once a route --------------------

// The turn of the shorter lists makes one case a ratio; no route has more resolutions than ratios.
const settingsCases: readonly BodyCase[] = settingsRows.flatMap((row) =>
  row.ratios.map((ratio, turn) => {
    const duration = row.durations[turn % 2 === 0 ? 0 : 1];
    const resolution = row.resolutions[turn % row.resolutions.length] ?? '720p';
    const expected = { ...row.fields(resolution, ratio), duration };
    const what = `${duration} s, ${resolution}, ${ratio}`;
    return bodyCase(row.model, what, { duration, resolution, ratio }, expected, row.source);
  }),
);

// Quotes, line breaks and other scripts arrive as they were typed.
const oddPrompt = '"@image1" 说：\n\\ 100 % 🎬';
const promptCases: readonly BodyCase[] = [
  {
    name: 'jimmy/seedance2.0-mini-sp takes a prompt of odd characters',
    command: { model: 'jimmy/seedance2.0-mini-sp', prompt: oddPrompt },
    expected: { model: 'seedance2.0-mini-sp', prompt: oddPrompt, duration: 5 },
    source: 'Mini Special: Request fields, prompt',
  },
  {
    name: 'anyfast/seedance-2.0-mini takes a prompt of odd characters',
    command: { model: anyfastModel, prompt: oddPrompt },
    expected: { model: anyfastId, content: [{ type: 'text', text: oddPrompt }], duration: 5 },
    source: 'AnyFast: content, text',
  },
];

// --- Jimmy AI: everything at once, written out ---------------------------------------------------

const everythingCases: readonly BodyCase[] = [
  ...['seedance2.0-mini-sp', ...spIds].flatMap((id) => [
    bodyCase(
      `jimmy/${id}`,
      'every reference and setting at once',
      {
        duration: 12,
        resolution: '480p',
        ratio: '9:16',
        web_search: false,
        media: [...nineImages, ...threeVideos, ...threeAudios],
      },
      {
        model: id,
        prompt,
        duration: 12,
        resolution: '480p',
        ratio: '9:16',
        images: maxImages,
        reference_videos: maxVideos,
        reference_audios: maxAudios,
      },
      'Request fields of Mini Special and SP; no count documented',
    ),
    bodyCase(
      `jimmy/${id}`,
      'both frames with videos and audios',
      { media: [...bothFrames, ...threeVideos, ...threeAudios] },
      {
        model: id,
        prompt,
        duration: 5,
        first_image: '{{first_frame}}',
        last_image: '{{last_frame}}',
        reference_videos: maxVideos,
        reference_audios: maxAudios,
      },
      'Constraints of Mini Special and SP: audio pairs with frames',
    ),
  ]),
  bodyCase(
    'jimmy/seedance2.0-fast-i2v',
    'nine references and every setting at once',
    { duration: 8, resolution: '720p', ratio: '9:16', web_search: false, media: nineImages },
    { model: 'seedance2.0-fast-i2v', prompt, duration: 8, ratio: '9:16', images: maxImages },
    'Fast I2V: Examples, Constraints (at most 9)',
  ),
  bodyCase(
    'jimmy/seedance2.0-mini',
    'every reference and setting at once',
    {
      duration: 15,
      resolution: '1080p',
      ratio: '3:4',
      web_search: false,
      media: [...nineImages, ...threeAudios],
    },
    {
      model: 'seedance2.0-mini',
      prompt,
      duration: 15,
      resolution: '1080p',
      ratio: '3:4',
      images: maxImages,
      reference_audios: maxAudios,
    },
    'Schema: shared fields; videos have another model name',
  ),
  bodyCase(
    'jimmy/seedance2.0-mini',
    'every reference and setting at once, with videos',
    {
      duration: 15,
      resolution: '1080p',
      ratio: '3:4',
      web_search: false,
      media: [...nineImages, ...threeVideos, ...threeAudios],
    },
    {
      model: 'seedance2.0-mini-video',
      prompt,
      duration: 15,
      resolution: '1080p',
      ratio: '3:4',
      images: maxImages,
      reference_videos: maxVideos,
      reference_audios: maxAudios,
    },
    'Mini page (through the provider facts): request model with reference videos; schema',
  ),
  ...mdIds.map((id) =>
    bodyCase(
      `jimmy/${id}`,
      'every reference and setting at once',
      {
        duration: 15,
        resolution: '720p',
        ratio: '1:1',
        web_search: false,
        media: [...fourImages, ...threeVideos],
      },
      {
        model: id,
        prompt,
        duration: 15,
        ratio: '1:1',
        images: ['{{image1}}', '{{image2}}', '{{image3}}', '{{image4}}'],
        reference_videos: maxVideos,
      },
      'Schema: images, MD max 4; reference_videos, MD max 3',
    ),
  ),
  bodyCase(
    'jimmy/seedance2.0-std',
    'every reference and setting at once',
    {
      duration: 15,
      resolution: '720p',
      ratio: '21:9',
      web_search: false,
      media: [...nineImages, ...threeVideos, ...threeAudios],
    },
    {
      model: 'seedance2.0-std',
      prompt,
      duration: 15,
      ratio: '21:9',
      images: maxImages,
      reference_videos: maxVideos,
      reference_audios: maxAudios,
    },
    'Schema: images, STD max 9; reference_audios, STD max 3',
  ),
  bodyCase(
    'jimmy/sd2_mx',
    'every setting at once',
    { duration: 12, resolution: '4k', ratio: 'adaptive', web_search: false },
    { model: 'sd2_mx_4k', prompt, duration: 12, ratio: 'Adaptive' },
    'Schema: model, Manxue; ratio, Adaptive',
  ),
  bodyCase(
    'jimmy/sd2_mx_fast',
    'every setting at once',
    { duration: 12, resolution: '1080p', ratio: 'adaptive', web_search: false },
    { model: 'sd2_mx_fast_1080p', prompt, duration: 12, ratio: 'Adaptive' },
    'Schema: model, Fast; ratio, Adaptive',
  ),
];

// --- Jimmy AI: one kind of attachment at a time --------------------------------------------------

const mediaCases: readonly BodyCase[] = mediaRows.map(({ id, media, fields, source }) =>
  bodyCase(
    `jimmy/${id}`,
    media.join(' + '),
    { media },
    { model: id, prompt, duration: 5, ...fields },
    source,
  ),
);

// --- AnyFast -------------------------------------------------------------------------------------

type ContentItem = Readonly<Record<string, unknown>>;

function image(option: MediaOption, role = 'reference_image'): ContentItem {
  return { type: 'image_url', image_url: { url: `{{${option}}}` }, role };
}
function video(option: MediaOption): ContentItem {
  return { type: 'video_url', video_url: { url: `{{${option}}}` }, role: 'reference_video' };
}
function audio(option: MediaOption): ContentItem {
  return { type: 'audio_url', audio_url: { url: `{{${option}}}` }, role: 'reference_audio' };
}

const contentRows: readonly [readonly MediaOption[], readonly ContentItem[]][] = [
  [['first_frame'], [image('first_frame', 'first_frame')]],
  [bothFrames, [image('first_frame', 'first_frame'), image('last_frame', 'last_frame')]],
  [nineImages, nineImages.map((option) => image(option))],
  [threeVideos, threeVideos.map(video)],
  [
    [...nineImages, ...threeVideos, ...threeAudios],
    [...nineImages.map((o) => image(o)), ...threeVideos.map(video), ...threeAudios.map(audio)],
  ],
  [
    ['image1', ...threeAudios],
    [image('image1'), ...threeAudios.map(audio)],
  ],
  [
    ['video1', 'audio1'],
    [video('video1'), audio('audio1')],
  ],
  [
    ['audio2', 'video3', 'image7', 'video1', 'image2'],
    [image('image2'), image('image7'), video('video1'), video('video3'), audio('audio2')],
  ],
];

const switchRows: readonly [string, VideoOptions, Readonly<Record<string, unknown>>][] = [
  ['sound on', { sound: true }, { generate_audio: true }],
  ['sound off', { sound: false }, { generate_audio: false }],
  ['watermark on', { watermark: true }, { watermark: true }],
  ['watermark off', { watermark: false }, { watermark: false }],
  ['web search', { web_search: true }, { tools: [{ type: 'web_search' }] }],
];

const anyfastCases: readonly BodyCase[] = [
  bodyCase(
    anyfastModel,
    'every reference and setting at once',
    {
      duration: 15,
      resolution: '480p',
      ratio: 'adaptive',
      sound: false,
      web_search: false,
      watermark: true,
      media: ['image1', 'image2', 'video1', 'audio1'],
    },
    {
      model: 'seedance-2.0-mini',
      content: [
        { type: 'text', text: prompt },
        { type: 'image_url', image_url: { url: '{{image1}}' }, role: 'reference_image' },
        { type: 'image_url', image_url: { url: '{{image2}}' }, role: 'reference_image' },
        { type: 'video_url', video_url: { url: '{{video1}}' }, role: 'reference_video' },
        { type: 'audio_url', audio_url: { url: '{{audio1}}' }, role: 'reference_audio' },
      ],
      duration: 15,
      resolution: '480p',
      ratio: 'adaptive',
      generate_audio: false,
      watermark: true,
    },
    'AnyFast: content and every field',
  ),
  bodyCase(
    anyfastModel,
    'both frames and every setting at once',
    {
      duration: 4,
      resolution: '720p',
      ratio: '21:9',
      sound: true,
      watermark: false,
      media: bothFrames,
    },
    {
      model: 'seedance-2.0-mini',
      content: [
        { type: 'text', text: prompt },
        { type: 'image_url', image_url: { url: '{{first_frame}}' }, role: 'first_frame' },
        { type: 'image_url', image_url: { url: '{{last_frame}}' }, role: 'last_frame' },
      ],
      duration: 4,
      resolution: '720p',
      ratio: '21:9',
      generate_audio: true,
      watermark: false,
    },
    'AnyFast: role, first+last frame mode',
  ),
  bodyCase(
    anyfastModel,
    'a web search and every setting at once',
    {
      duration: 10,
      resolution: '720p',
      ratio: '9:16',
      sound: true,
      web_search: true,
      watermark: true,
    },
    {
      model: 'seedance-2.0-mini',
      content: [{ type: 'text', text: prompt }],
      duration: 10,
      resolution: '720p',
      ratio: '9:16',
      generate_audio: true,
      tools: [{ type: 'web_search' }],
      watermark: true,
    },
    'AnyFast: tools, text-to-video only',
  ),
  ...contentRows.map(([media, items]) =>
    bodyCase(
      anyfastModel,
      media.join(' + '),
      { media },
      { model: anyfastId, content: [text, ...items], duration: 5 },
      'AnyFast: role, 0–9 images, max 3 videos, max 3 clips',
    ),
  ),
  ...switchRows.map(([what, options, fields]) =>
    bodyCase(
      anyfastModel,
      what,
      options,
      { model: anyfastId, content: [text], duration: 5, ...fields },
      'AnyFast: generate_audio, watermark, tools',
    ),
  ),
];

// --- Refusals ------------------------------------------------------------------------------------

const refusedCases: readonly BodyCase[] = refusalRows.map((row) => ({
  name: `${row.model} refuses ${row.why}`,
  command: { model: row.model, prompt, ...row.options },
  expected: 'refused',
  faultOptions: row.faultOptions,
  source: row.source,
}));

/** Every case of every route; names are unique. */
export const bodyCases: readonly BodyCase[] = [
  ...textCases,
  ...settingsCases,
  ...promptCases,
  ...everythingCases,
  ...mediaCases,
  ...anyfastCases,
  ...arkCases,
  ...openrouterCases,
  ...refusedCases,
];
