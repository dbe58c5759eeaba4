import { casesOf } from './provider-cases.ts';
import type { Refusal, Row } from './provider-cases.ts';
import { prompt } from './provider-limits.table.ts';
import type { MediaOption } from './provider-limits.table.ts';

// Ark's bodies, from its create API and the tutorial of Seedance 2.5.

const text = { type: 'text', text: prompt };
const image = (option: MediaOption, role = 'reference_image') => ({
  type: 'image_url',
  image_url: { url: `{{${option}}}` },
  role,
});
const video = (option: MediaOption) => ({
  type: 'video_url',
  video_url: { url: `{{${option}}}` },
  role: 'reference_video',
});
const audio = (option: MediaOption) => ({
  type: 'audio_url',
  audio_url: { url: `{{${option}}}` },
  role: 'reference_audio',
});

/** Without an expiry of its own, a create would go on for two days after the bot gave it up. */
const expiry = { execution_expires_after: 3600 };
const CREATE = 'Ark: create API';

const IDS = [
  ['seedance-2.0', 'dreamina-seedance-2-0-260128'],
  ['seedance-2.0-fast', 'dreamina-seedance-2-0-fast-260128'],
  ['seedance-2.0-mini', 'dreamina-seedance-2-0-mini-260615'],
  ['seedance-2.5', 'dreamina-seedance-2-5-260628'],
  ['seedance-1.5-pro', 'seedance-1-5-pro-251215'],
  ['seedance-1.0-pro', 'seedance-1-0-pro-250528'],
  ['seedance-1.0-pro-fast', 'seedance-1-0-pro-fast-251015'],
  ['seedance-1.0-lite', 'seedance-1-0-lite-t2v-250428'],
] as const;

const taken: readonly Row[] = [
  ...IDS.map(([model, id]): Row => [
    model,
    'a prompt alone',
    {},
    { model: id, content: [text], duration: 5, ...expiry },
  ]),
  [
    'seedance-2.0',
    'every reference and setting at once',
    {
      duration: 15,
      resolution: '4k',
      ratio: '21:9',
      sound: false,
      watermark: true,
      media: ['image1', 'image2', 'video1', 'audio1'],
    },
    {
      model: 'dreamina-seedance-2-0-260128',
      content: [text, image('image1'), image('image2'), video('video1'), audio('audio1')],
      duration: 15,
      resolution: '4k',
      ratio: '21:9',
      generate_audio: false,
      watermark: true,
      ...expiry,
    },
  ],
  [
    'seedance-2.0-mini',
    'a web search',
    { web_search: true },
    {
      model: 'dreamina-seedance-2-0-mini-260615',
      content: [text],
      duration: 5,
      tools: [{ type: 'web_search' }],
      ...expiry,
    },
  ],
  [
    'seedance-2.5',
    'a sound alone, and half a minute',
    { duration: 30, resolution: '1080p', media: ['audio1'] },
    {
      model: 'dreamina-seedance-2-5-260628',
      content: [text, audio('audio1')],
      duration: 30,
      resolution: '1080p',
      ...expiry,
    },
  ],
  [
    'seedance-2.5',
    'frames in their own shape',
    { ratio: 'adaptive', media: ['first_frame', 'last_frame'] },
    {
      model: 'dreamina-seedance-2-5-260628',
      content: [text, image('first_frame', 'first_frame'), image('last_frame', 'last_frame')],
      duration: 5,
      ratio: 'adaptive',
      ...expiry,
    },
  ],
  [
    'seedance-1.5-pro',
    'frames without sound',
    { duration: 12, sound: false, media: ['first_frame', 'last_frame'] },
    {
      model: 'seedance-1-5-pro-251215',
      content: [text, image('first_frame', 'first_frame'), image('last_frame', 'last_frame')],
      duration: 12,
      generate_audio: false,
      ...expiry,
    },
  ],
  [
    'seedance-1.0-pro-fast',
    'a first frame',
    { duration: 2, resolution: '480p', media: ['first_frame'] },
    {
      model: 'seedance-1-0-pro-fast-251015',
      content: [text, image('first_frame', 'first_frame')],
      duration: 2,
      resolution: '480p',
      ...expiry,
    },
  ],
  [
    'seedance-1.0-lite',
    'four pictures, by its other model',
    { resolution: '720p', media: ['image1', 'image2', 'image3', 'image4'] },
    {
      model: 'seedance-1-0-lite-i2v-250428',
      content: [text, image('image1'), image('image2'), image('image3'), image('image4')],
      duration: 5,
      resolution: '720p',
      ...expiry,
    },
  ],
];

const refused: readonly Refusal[] = [
  ['seedance-2.0-fast', '1080p', { resolution: '1080p' }, ['resolution']],
  ['seedance-2.0', '16 s', { duration: 16 }, ['duration']],
  ['seedance-2.0', 'a sound alone', { media: ['audio1'] }, ['audio1']],
  [
    'seedance-2.5',
    'a shape with frames',
    { ratio: '16:9', media: ['first_frame'] },
    ['ratio', 'first_frame'],
  ],
  ['seedance-2.5', 'a web search', { web_search: true }, ['web_search']],
  ['seedance-1.5-pro', 'a picture', { media: ['image1'] }, ['image1']],
  ['seedance-1.0-pro', 'sound', { sound: true }, ['sound']],
  ['seedance-1.0-pro', 'an adaptive shape of words', { ratio: 'adaptive' }, ['ratio']],
  [
    'seedance-1.0-pro-fast',
    'a last frame',
    { media: ['first_frame', 'last_frame'] },
    ['last_frame'],
  ],
  [
    'seedance-1.0-lite',
    '1080p with a picture',
    { resolution: '1080p', media: ['image1'] },
    ['resolution', 'image1'],
  ],
  [
    'seedance-1.0-lite',
    'five pictures',
    { media: ['image1', 'image2', 'image3', 'image4', 'image5'] },
    ['image5'],
  ],
];

/** The cases of `provider-bodies.table.ts`. */
export const arkCases = casesOf('ark', CREATE, { taken, refused });
