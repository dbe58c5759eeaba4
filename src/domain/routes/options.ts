/** The option names of `/video` in display order, the same in every language. */
export const VIDEO_OPTIONS = [
  'prompt',
  'model',
  'duration',
  'resolution',
  'ratio',
  'first_frame',
  'last_frame',
  'image1',
  'image2',
  'image3',
  'image4',
  'image5',
  'image6',
  'image7',
  'image8',
  'image9',
  'video1',
  'video2',
  'video3',
  'audio1',
  'audio2',
  'audio3',
  'sound',
  'web_search',
  'watermark',
] as const;
export type VideoOption = (typeof VIDEO_OPTIONS)[number];

export type MediaKind = 'image' | 'video' | 'audio';

/** The purpose of a piece of media: a frame of the clip, or a reference. */
type MediaRole =
  | 'first_frame'
  | 'last_frame'
  | 'reference_image'
  | 'reference_video'
  | 'reference_audio';

export interface MediaOptionInfo {
  readonly option: VideoOption;
  readonly kind: MediaKind;
  readonly role: MediaRole;
}

const mediaOption = (option: VideoOption, kind: MediaKind, role: MediaRole): MediaOptionInfo => ({
  option,
  kind,
  role,
});

/** The attachment options in the order in which their media is sent. */
export const MEDIA_OPTIONS: readonly MediaOptionInfo[] = [
  mediaOption('first_frame', 'image', 'first_frame'),
  mediaOption('last_frame', 'image', 'last_frame'),
  mediaOption('image1', 'image', 'reference_image'),
  mediaOption('image2', 'image', 'reference_image'),
  mediaOption('image3', 'image', 'reference_image'),
  mediaOption('image4', 'image', 'reference_image'),
  mediaOption('image5', 'image', 'reference_image'),
  mediaOption('image6', 'image', 'reference_image'),
  mediaOption('image7', 'image', 'reference_image'),
  mediaOption('image8', 'image', 'reference_image'),
  mediaOption('image9', 'image', 'reference_image'),
  mediaOption('video1', 'video', 'reference_video'),
  mediaOption('video2', 'video', 'reference_video'),
  mediaOption('video3', 'video', 'reference_video'),
  mediaOption('audio1', 'audio', 'reference_audio'),
  mediaOption('audio2', 'audio', 'reference_audio'),
  mediaOption('audio3', 'audio', 'reference_audio'),
];

export const RESOLUTIONS = ['480p', '720p', '1080p', '2k', '4k'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export const RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', 'adaptive'] as const;
export type Ratio = (typeof RATIOS)[number];
