/** One model of the list, as its schema has it. */
export interface SimulatedModel {
  readonly id: string;
  readonly name: string;
  readonly supported_durations: readonly number[];
  readonly supported_resolutions: readonly string[];
  readonly supported_aspect_ratios: readonly string[];
  readonly supported_frame_images: readonly string[] | null;
  readonly generate_audio: boolean | null;
  readonly pricing_skus: Readonly<Record<string, string>>;
}

const NINE = ['16:9', '9:16', '1:1', '4:3', '3:4', '3:2', '2:3', '21:9', '9:21'];

/** A list of the kinds of models that there are, with made-up numbers. */
export const OPENROUTER_MODELS: readonly SimulatedModel[] = [
  {
    id: 'bytedance/seedance-2.0',
    name: 'ByteDance: Seedance 2.0',
    supported_durations: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    supported_resolutions: ['480p', '720p', '1080p'],
    supported_aspect_ratios: NINE,
    supported_frame_images: ['first_frame', 'last_frame'],
    generate_audio: true,
    pricing_skus: {
      video_tokens: '0.000007',
      video_tokens_without_audio: '0.000005',
      video_tokens_with_video_input: '0.0000043',
    },
  },
  {
    id: 'google/veo-3.1',
    name: 'Google: Veo 3.1',
    supported_durations: [4, 6, 8],
    supported_resolutions: ['720p', '1080p', '4K'],
    supported_aspect_ratios: ['16:9', '9:16'],
    supported_frame_images: ['first_frame', 'last_frame'],
    generate_audio: true,
    pricing_skus: {
      duration_seconds_with_audio: '0.40',
      duration_seconds_without_audio: '0.20',
      duration_seconds_with_audio_4k: '0.60',
      duration_seconds_without_audio_4k: '0.40',
    },
  },
  {
    id: 'alibaba/wan-2.6',
    name: 'Alibaba: Wan 2.6',
    supported_durations: [5, 10],
    supported_resolutions: ['480p', '720p', '768p', '1080p'],
    supported_aspect_ratios: ['16:9', '9:16', '1:1'],
    supported_frame_images: ['first_frame'],
    generate_audio: null,
    pricing_skus: {
      text_to_video_duration_seconds_480p: '0.04',
      image_to_video_duration_seconds_480p: '0.05',
      duration_seconds_720p: '0.10',
      duration_seconds_1080p: '0.15',
    },
  },
  {
    id: 'runway/gen-4.5',
    name: 'Runway: Gen-4.5',
    supported_durations: [5],
    supported_resolutions: ['720p'],
    supported_aspect_ratios: ['16:9'],
    supported_frame_images: null,
    generate_audio: false,
    pricing_skus: { cents_per_second_output: '12', minimum_cents_per_generation: '70' },
  },
];

/** What else its schema has of each model. */
export function listedModel(model: SimulatedModel): object {
  return {
    ...model,
    canonical_slug: model.id,
    created: 1_760_000_000,
    description: `${model.name} makes videos.`,
    seed: true,
    supported_sizes: null,
    allowed_passthrough_parameters: [],
  };
}
