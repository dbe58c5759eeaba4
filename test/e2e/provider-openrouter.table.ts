import { casesOf } from './provider-cases.ts';
import type { Refusal, Row } from './provider-cases.ts';
import { prompt } from './provider-limits.table.ts';
import type { MediaOption } from './provider-limits.table.ts';

// OpenRouter's bodies, from the reference of its create and what its list says of each model. The list
// is the simulation's: which lengths, resolutions, shapes and frames there are differs by model.

const frame = (option: MediaOption) => ({
  type: 'image_url',
  image_url: { url: `{{${option}}}` },
  frame_type: option,
});

const CREATE = 'OpenRouter: create a video; its list of video models';
const SEEDANCE = 'bytedance/seedance-2.0';
const VEO = 'google/veo-3.1';
const WAN = 'alibaba/wan-2.6';
const GEN = 'runway/gen-4.5';

const taken: readonly Row[] = [
  [SEEDANCE, 'a prompt alone', {}, { model: SEEDANCE, duration: 5, resolution: '720p' }],
  // Five seconds are not made; the nearest length that comes first is.
  [VEO, 'a prompt alone', {}, { model: VEO, duration: 4, resolution: '720p' }],
  [WAN, 'a prompt alone', {}, { model: WAN, duration: 5, resolution: '720p' }],
  [GEN, 'a prompt alone', {}, { model: GEN, duration: 5, resolution: '720p' }],
  [
    SEEDANCE,
    'every setting and both frames',
    {
      duration: 15,
      resolution: '1080p',
      ratio: '21:9',
      sound: false,
      media: ['first_frame', 'last_frame'],
    },
    {
      model: SEEDANCE,
      duration: 15,
      resolution: '1080p',
      aspect_ratio: '21:9',
      generate_audio: false,
      frame_images: [frame('first_frame'), frame('last_frame')],
    },
  ],
  [
    VEO,
    '4k, as the documents write it, with sound',
    { duration: 8, resolution: '4k', ratio: '9:16', sound: true },
    { model: VEO, duration: 8, resolution: '4K', aspect_ratio: '9:16', generate_audio: true },
  ],
  [
    WAN,
    'a first frame',
    { duration: 10, resolution: '480p', ratio: '1:1', media: ['first_frame'] },
    {
      model: WAN,
      duration: 10,
      resolution: '480p',
      aspect_ratio: '1:1',
      frame_images: [frame('first_frame')],
    },
  ],
];

const refused: readonly Refusal[] = [
  [VEO, 'a length between two of its own', { duration: 5 }, ['duration']],
  [VEO, '480p', { resolution: '480p' }, ['resolution']],
  [VEO, 'a square', { ratio: '1:1' }, ['ratio']],
  [WAN, 'a last frame', { media: ['first_frame', 'last_frame'] }, ['last_frame']],
  [WAN, 'sound', { sound: true }, ['sound']],
  [GEN, 'a first frame', { media: ['first_frame'] }, ['first_frame']],
  [SEEDANCE, 'a picture that is no frame', { media: ['image1'] }, ['image1']],
  [SEEDANCE, 'a web search', { web_search: true }, ['web_search']],
];

/** The cases of `provider-bodies.table.ts`. */
export const openrouterCases = casesOf('openrouter', CREATE, {
  taken: taken.map(([model, what, options, expected]) => [
    model,
    what,
    options,
    { prompt, ...expected },
  ]),
  refused,
});
