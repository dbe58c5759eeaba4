/**
 * What each route takes and what `/video` refuses by itself, copied from the providers' documents
 * and not from the catalogue: the two are written apart so that each can find the other's mistake.
 */

type One2Three = 1 | 2 | 3;
type One2Nine = One2Three | 4 | 5 | 6 | 7 | 8 | 9;

/** An attachment option of `/video`. */
export type MediaOption =
  | 'first_frame'
  | 'last_frame'
  | `image${One2Nine}`
  | `video${One2Three}`
  | `audio${One2Three}`;

/** The optional part of a `/video` call; `media` lists the attachment options in the order given. */
export interface VideoOptions {
  /** Seconds. */
  readonly duration?: number;
  readonly resolution?: string;
  readonly ratio?: string;
  readonly sound?: boolean;
  readonly web_search?: boolean;
  readonly watermark?: boolean;
  readonly media?: readonly MediaOption[];
}

/** One call that is refused, and every option that the refusal has to name. */
export interface RefusalRow {
  readonly model: string;
  readonly why: string;
  readonly options: VideoOptions;
  readonly faultOptions: readonly (keyof VideoOptions | MediaOption)[];
  readonly source: string;
}

type Fault = RefusalRow['faultOptions'][number];

/** The prompt of every case. */
export const prompt = 'A paper boat sails down a rainy street';

/** SP economy and official, standard and fast: one page, one set of rules. */
export const spIds = [
  'seedance2.0-sp',
  'seedance2.0-fast-sp',
  'seedance2.0-of-sp',
  'seedance2.0-of-fast-sp',
] as const;
/** MD and MD fast. */
export const mdIds = ['seedance2.0-md', 'seedance2.0-fast-md'] as const;

/** Every image option. */
export const nineImages: readonly MediaOption[] = [
  'image1',
  'image2',
  'image3',
  'image4',
  'image5',
  'image6',
  'image7',
  'image8',
  'image9',
];

/** Jimmy AI's routes: the value of `model`, the body's `model` for no resolution, the document. */
export const jimmyIds: readonly [string, string, string][] = [
  ['jimmy/seedance2.0-mini-sp', 'seedance2.0-mini-sp', 'Mini Special: Request fields'],
  ['jimmy/seedance2.0-fast-i2v', 'seedance2.0-fast-i2v', 'Fast I2V: Request fields'],
  ['jimmy/seedance2.0-sp', 'seedance2.0-sp', 'SP: Models'],
  ['jimmy/seedance2.0-fast-sp', 'seedance2.0-fast-sp', 'SP: Models'],
  ['jimmy/seedance2.0-of-sp', 'seedance2.0-of-sp', 'SP: Models'],
  ['jimmy/seedance2.0-of-fast-sp', 'seedance2.0-of-fast-sp', 'SP: Models'],
  ['jimmy/seedance2.0-mini', 'seedance2.0-mini', 'Schema: model, required'],
  ['jimmy/seedance2.0-md', 'seedance2.0-md', 'Schema: model, required'],
  ['jimmy/seedance2.0-fast-md', 'seedance2.0-fast-md', 'Schema: model, required'],
  ['jimmy/seedance2.0-std', 'seedance2.0-std', 'Schema: model, required'],
  ['jimmy/sd2_mx', 'sd2_mx_720p', 'Schema: model, Manxue'],
  ['jimmy/sd2_mx_fast', 'sd2_mx_fast_720p', 'Schema: model, Fast'],
];

const sp = spIds.map((id) => `jimmy/${id}` as const);
const md = mdIds.map((id) => `jimmy/${id}` as const);
const full = ['jimmy/sd2_mx', 'jimmy/sd2_mx_fast'] as const;
const miniSpecial = 'jimmy/seedance2.0-mini-sp';
const fastI2v = 'jimmy/seedance2.0-fast-i2v';
const mini = 'jimmy/seedance2.0-mini';
const std = 'jimmy/seedance2.0-std';
const anyfast = 'anyfast/seedance-2.0-mini';
const jimmyWithMedia = [miniSpecial, fastI2v, ...sp, mini, ...md, std] as const;
const jimmy = [...jimmyWithMedia, ...full] as const;

/** What a route's settings may be, and the fields they become (`duration` goes without saying). */
export interface SettingsRow {
  readonly model: string;
  /** First and last second that the route takes. */
  readonly durations: readonly [number, number];
  readonly resolutions: readonly string[];
  readonly ratios: readonly string[];
  /** The body's own fields for one resolution and one ratio. */
  readonly fields: (resolution: string, ratio: string) => Record<string, unknown>;
  readonly source: string;
}

const six = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'];
const seven = [...six, 'adaptive'];

/** A route whose own `resolution` field is effective. */
function chosen(id: string): SettingsRow['fields'] {
  return (resolution, ratio) => ({ model: id, prompt, resolution, ratio });
}
/** A route of fixed 720p: the value is accepted and the field stays away. */
function fixed(id: string): SettingsRow['fields'] {
  return (_resolution, ratio) => ({ model: id, prompt, ratio });
}
/** A family whose resolution is part of the model's name, and which writes `Adaptive`. */
function named(family: string): SettingsRow['fields'] {
  return (resolution, ratio) => ({
    model: `${family}_${resolution}`,
    prompt,
    ratio: ratio === 'adaptive' ? 'Adaptive' : ratio,
  });
}

/** Every value that a route takes, as its document lists them. */
export const settingsRows: readonly SettingsRow[] = [
  {
    model: 'jimmy/seedance2.0-mini-sp',
    durations: [4, 15],
    resolutions: ['480p', '720p'],
    ratios: seven,
    fields: chosen('seedance2.0-mini-sp'),
    source: 'Mini Special: Request fields',
  },
  {
    model: 'jimmy/seedance2.0-fast-i2v',
    durations: [1, 15],
    resolutions: ['720p'],
    ratios: ['16:9', '9:16', '1:1'],
    fields: fixed('seedance2.0-fast-i2v'),
    source: 'Fast I2V: Request fields and Constraints',
  },
  ...spIds.map((id): SettingsRow => ({
    model: `jimmy/${id}`,
    durations: [4, 15],
    resolutions: ['480p', '720p', '1080p'],
    ratios: seven,
    fields: chosen(id),
    source: 'SP: Request fields',
  })),
  {
    model: 'jimmy/seedance2.0-mini',
    durations: [4, 15],
    resolutions: ['480p', '720p', '1080p'],
    ratios: seven,
    fields: chosen('seedance2.0-mini'),
    source: 'Schema: resolution, ratio; Mini page (through the provider facts)',
  },
  ...mdIds.map((id): SettingsRow => ({
    model: `jimmy/${id}`,
    durations: [1, 15],
    resolutions: ['720p'],
    ratios: ['16:9', '9:16', '1:1'],
    fields: fixed(id),
    source: 'Schema: duration, MD 1-15; ratio, MD',
  })),
  {
    model: 'jimmy/seedance2.0-std',
    durations: [4, 15],
    resolutions: ['720p'],
    ratios: six,
    fields: fixed('seedance2.0-std'),
    source: 'Schema: duration, STD 4-15; ratio, STD',
  },
  {
    model: 'jimmy/sd2_mx',
    durations: [4, 12],
    resolutions: ['720p', '1080p', '2k', '4k'],
    ratios: seven,
    fields: named('sd2_mx'),
    source: 'Schema: model, Manxue; duration, Full 4-12; ratio, Full',
  },
  {
    model: 'jimmy/sd2_mx_fast',
    durations: [4, 12],
    resolutions: ['720p', '1080p'],
    ratios: seven,
    fields: named('sd2_mx_fast'),
    source: 'Schema: model, Fast; duration, Full 4-12; ratio, Full',
  },
  {
    model: anyfast,
    durations: [4, 15],
    resolutions: ['480p', '720p'],
    ratios: seven,
    fields: (resolution, ratio) => ({
      model: 'seedance-2.0-mini',
      content: [{ type: 'text', text: prompt }],
      resolution,
      ratio,
    }),
    source: 'AnyFast: resolution, ratio, duration',
  },
];

/** Discord itself holds `duration` to 1–15, so a route of 1–15 s has nothing left to refuse. */
const durations: readonly [string, readonly number[], string][] = [
  [miniSpecial, [3], 'Mini Special: Request fields, duration 4–15'],
  ...sp.map((model): [string, number[], string] => [model, [3], 'SP: Models, 4–15 s']),
  [mini, [3], 'Mini page (through the provider facts), 4–15'],
  [std, [3], 'Schema: duration, STD standard 4-15'],
  ...full.map((model): [string, number[], string] => [
    model,
    [3, 13],
    'Schema: duration, Full 4-12',
  ]),
  [anyfast, [3], 'AnyFast: duration, minimum 4, maximum 15'],
];

const resolutions: readonly [string, readonly string[], string][] = [
  [miniSpecial, ['1080p', '2k', '4k'], 'Mini Special: Model, only 480p and 720p'],
  [fastI2v, ['480p', '1080p', '4k'], 'Fast I2V: Request fields, always 720p'],
  ...sp.map((model): [string, string[], string] => [
    model,
    ['2k', '4k'],
    'SP: Request fields, resolution',
  ]),
  [mini, ['2k', '4k'], 'Schema: resolution, 480p 720p 1080p'],
  ...[...md, std].map((model): [string, string[], string] => [
    model,
    ['480p', '1080p', '4k'],
    'Schema: model, per-task, 720p',
  ]),
  ['jimmy/sd2_mx', ['480p'], 'Schema: model, sd2_mx_720p to sd2_mx_4k'],
  ['jimmy/sd2_mx_fast', ['480p', '2k', '4k'], 'Schema: model, sd2_mx_fast_720p, _1080p'],
  [anyfast, ['1080p', '2k', '4k'], 'AnyFast: resolution, does not support 1080p'],
];

const ratios: readonly [string, readonly string[], string][] = [
  [fastI2v, ['4:3', '3:4', '21:9', 'adaptive'], 'Fast I2V: Constraints'],
  ...md.map((model): [string, string[], string] => [
    model,
    ['4:3', '3:4', '21:9', 'adaptive'],
    'Schema: ratio, MD: 16:9, 9:16, 1:1 only',
  ]),
  [std, ['adaptive'], 'Schema: ratio, STD: six ratios'],
];

const settingRows: readonly RefusalRow[] = [
  ...durations.flatMap(([model, values, source]) =>
    values.map((duration): RefusalRow => {
      const options = { duration };
      return { model, why: `${duration} s`, options, faultOptions: ['duration'], source };
    }),
  ),
  ...resolutions.flatMap(([model, values, source]) =>
    values.map((resolution): RefusalRow => {
      const options = { resolution };
      return { model, why: resolution, options, faultOptions: ['resolution'], source };
    }),
  ),
  ...ratios.flatMap(([model, values, source]) =>
    values.map((ratio): RefusalRow => {
      return { model, why: ratio, options: { ratio }, faultOptions: ['ratio'], source };
    }),
  ),
];

const switchRows: readonly RefusalRow[] = jimmy.flatMap((model): RefusalRow[] => {
  const source = 'Schema: has no such field';
  return [
    {
      model,
      why: 'sound on, watermark off, web search on',
      options: { sound: true, watermark: false, web_search: true },
      faultOptions: ['sound', 'watermark', 'web_search'],
      source,
    },
    {
      model,
      why: 'sound off, watermark on, and nothing for web search off',
      options: { sound: false, watermark: true, web_search: false },
      faultOptions: ['sound', 'watermark'],
      source,
    },
  ];
});

/** A row in which only attachments are given; where no fault is named, all of them are at fault. */
function mediaRow(
  model: string,
  source: string,
  media: readonly MediaOption[],
  faultOptions: readonly Fault[] = media,
): RefusalRow {
  return { model, why: media.join(' + '), options: { media }, faultOptions, source };
}

const exclusive = 'Schema: images, mutually exclusive with first_image/last_image';
const audioAlone = 'Mini Special, SP: Constraints, reference_audios cannot be used alone';
const assetsOnly = 'Schema: images, Full takes asset:// alone';

const sharedMediaRows: readonly RefusalRow[] = [
  ...jimmyWithMedia.map((model) =>
    mediaRow(model, exclusive, ['first_frame', 'last_frame', 'image1', 'image4']),
  ),
  mediaRow(miniSpecial, exclusive, ['first_frame', 'image1']),
  mediaRow(miniSpecial, exclusive, ['last_frame', 'image9']),
  mediaRow(miniSpecial, exclusive, ['first_frame', 'image1', 'video1'], ['first_frame', 'image1']),
  ...[miniSpecial, ...sp].map((model) => mediaRow(model, audioAlone, ['audio1', 'audio3'])),
  ...full.flatMap((model) => [
    mediaRow(model, assetsOnly, ['first_frame', 'last_frame']),
    mediaRow(model, assetsOnly, ['image2', 'video3', 'audio2']),
    mediaRow(model, assetsOnly, ['image1']),
  ]),
];

const noVideoOrAudio = 'Fast I2V: Warning, no reference_videos, no reference_audios';
const fastI2vRows: readonly RefusalRow[] = [
  mediaRow(fastI2v, noVideoOrAudio, ['video1']),
  mediaRow(fastI2v, noVideoOrAudio, ['audio1']),
  mediaRow(fastI2v, noVideoOrAudio, ['image1', 'video1', 'video2'], ['video1', 'video2']),
  mediaRow(fastI2v, noVideoOrAudio, ['first_frame', 'audio3'], ['audio3']),
  mediaRow(fastI2v, noVideoOrAudio, ['image1', 'video3', 'audio1'], ['video3', 'audio1']),
  {
    model: fastI2v,
    why: 'everything wrong at once',
    options: {
      duration: 15,
      resolution: '1080p',
      ratio: '21:9',
      sound: true,
      web_search: true,
      watermark: true,
      media: ['image1', 'video1', 'audio1'],
    },
    faultOptions: ['resolution', 'ratio', 'sound', 'web_search', 'watermark', 'video1', 'audio1'],
    source: 'Fast I2V: Request fields and Constraints',
  },
];

const mdFrames = 'Schema: first_image, MD frame mode requires both';
const mdImages = 'Schema: images, MD max 4';
const mdAudio = 'Schema: reference_audios, not supported on MD';
const mdRows: readonly RefusalRow[] = md.flatMap((model) => [
  mediaRow(model, mdFrames, ['first_frame']),
  mediaRow(model, mdFrames, ['last_frame']),
  mediaRow(model, mdFrames, ['first_frame', 'video1'], ['first_frame']),
  mediaRow(model, mdImages, ['image1', 'image2', 'image3', 'image4', 'image5'], ['image5']),
  mediaRow(model, mdImages, ['image1', 'image3', 'image5', 'image7', 'image9'], ['image9']),
  mediaRow(model, mdImages, nineImages, ['image5', 'image6', 'image7', 'image8', 'image9']),
  mediaRow(model, mdAudio, ['audio1']),
  mediaRow(model, mdAudio, ['image1', 'audio1', 'audio3'], ['audio1', 'audio3']),
  mediaRow(model, mdAudio, ['first_frame', 'last_frame', 'audio1'], ['audio1']),
]);

const stdAudio = 'Schema: reference_audios, frame mode does not support audio references';
const stdRows: readonly RefusalRow[] = [
  mediaRow(std, stdAudio, ['first_frame', 'audio1']),
  mediaRow(std, stdAudio, ['last_frame', 'audio2']),
  mediaRow(std, stdAudio, ['first_frame', 'last_frame', 'audio1', 'audio2', 'audio3']),
];

const frameOrReference = 'Project decision: AnyFast frame roles and reference roles are exclusive';
const searchAlone = 'AnyFast: tools, web search is text-to-video only';
const anyfastRows: readonly RefusalRow[] = [
  mediaRow(anyfast, frameOrReference, ['first_frame', 'image1']),
  mediaRow(anyfast, frameOrReference, ['first_frame', 'video1']),
  mediaRow(anyfast, frameOrReference, ['first_frame', 'audio1']),
  mediaRow(anyfast, frameOrReference, [
    'first_frame',
    'last_frame',
    'image1',
    'image9',
    'video2',
    'audio3',
  ]),
  mediaRow(anyfast, 'Project decision: a last frame needs a first frame', ['last_frame']),
  mediaRow(anyfast, 'AnyFast: audio_url, needs an image or video', ['audio1', 'audio2', 'audio3']),
  ...(
    [
      ['first_frame'],
      ['first_frame', 'last_frame'],
      ['image1'],
      ['video1', 'video3'],
      ['image2', 'video1', 'audio1'],
    ] as const
  ).map((media): RefusalRow => ({
    model: anyfast,
    why: `web search + ${media.join(' + ')}`,
    options: { web_search: true, media },
    faultOptions: ['web_search', ...media],
    source: searchAlone,
  })),
];

/** Every refusal, of every route. */
export const refusalRows: readonly RefusalRow[] = [
  ...settingRows,
  ...switchRows,
  ...sharedMediaRows,
  ...fastI2vRows,
  ...mdRows,
  ...stdRows,
  ...anyfastRows,
];
