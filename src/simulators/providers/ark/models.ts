import { z } from 'zod';

import type { ClipResolution } from '../render/clip-request.ts';
import type { RequestedMedia } from '../requested-clip.ts';

type Use = RequestedMedia['use'];

/** What the documents say about one model. */
export interface ModelColumn {
  /** The fields of a create besides those that every model takes. */
  readonly fields: z.ZodRawShape;
  /** The most media of each use; none of what is absent. */
  readonly most: Readonly<Partial<Record<Use, number>>>;
  /** Whether a sound may be the only reference. */
  readonly takesAudioAlone?: true;
  /** Whether the shape with frames is always that of the first one. */
  readonly framesAreAdaptive?: true;
  /** Whether a text alone needs a shape by name. */
  readonly textNeedsRatio?: true;
  /** Not with reference pictures. */
  readonly notWithReferences?: ClipResolution;
}

const RATIOS = ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', 'adaptive'] as const;

const resolution = (standard: ClipResolution, ...values: ClipResolution[]) =>
  z.enum(values).default(standard);
/** Whole seconds; -1 lets the model choose. */
const seconds = (min: number, max: number, standard = 5) =>
  z.union([z.int().min(min).max(max), z.literal(-1)]).default(standard);
const wholeSeconds = z.int().min(2).max(12).default(5);
const seed = z.int().min(-1).max(4_294_967_295).optional();
const sound = z.boolean().default(true);
const priority = z.int().min(0).max(9).optional();
const tier = z.enum(['default', 'flex']).default('default');

const FRAMES = { 'first-frame': 1, 'last-frame': 1 } as const;

const seedance2 = (...resolutions: ClipResolution[]): ModelColumn => ({
  fields: {
    resolution: resolution('720p', ...resolutions),
    ratio: z.enum(RATIOS).default('adaptive'),
    duration: seconds(4, 15),
    generate_audio: sound,
    priority,
    tools: z.array(z.strictObject({ type: z.literal('web_search') })).default([]),
  },
  most: { ...FRAMES, 'reference-image': 9, 'reference-video': 3, 'reference-audio': 3 },
});

const SEEDANCE_2_5: ModelColumn = {
  fields: {
    resolution: resolution('720p', '480p', '720p', '1080p'),
    ratio: z.enum(RATIOS).default('adaptive'),
    duration: seconds(4, 30, -1),
    generate_audio: sound,
    priority,
    draft: z.literal(false).optional(),
    output_format: z.enum(['mp4', 'mov']).default('mp4'),
    omni_reference_task_type: z.enum(['auto', 'reference', 'edit', 'extend']).default('auto'),
  },
  most: { ...FRAMES, 'reference-image': 30, 'reference-video': 10, 'reference-audio': 10 },
  takesAudioAlone: true,
  // The real one says so only when the task has begun.
  framesAreAdaptive: true,
};

const SEEDANCE_1_5: ModelColumn = {
  fields: {
    resolution: resolution('720p', '480p', '720p', '1080p'),
    ratio: z.enum(RATIOS).default('adaptive'),
    duration: seconds(4, 12),
    generate_audio: sound,
    seed,
    camera_fixed: z.boolean().optional(),
    service_tier: tier,
    draft: z.literal(false).optional(),
  },
  most: FRAMES,
};

const seedance1 = (standard: ClipResolution, rules: Omit<ModelColumn, 'fields'>): ModelColumn => ({
  fields: {
    resolution: resolution(standard, '480p', '720p', '1080p'),
    ratio: z.enum(RATIOS).optional(),
    duration: wholeSeconds,
    frames: z.int().min(29).max(289).optional(),
    seed,
    camera_fixed: z.boolean().optional(),
    service_tier: tier,
  },
  textNeedsRatio: true,
  ...rules,
});

/** The models of this account, by id. */
const MODELS: ReadonlyMap<string, ModelColumn> = new Map([
  ['dreamina-seedance-2-0-260128', seedance2('480p', '720p', '1080p', '4k')],
  ['dreamina-seedance-2-0-fast-260128', seedance2('480p', '720p')],
  ['dreamina-seedance-2-0-mini-260615', seedance2('480p', '720p')],
  ['dreamina-seedance-2-5-260628', SEEDANCE_2_5],
  ['seedance-1-5-pro-251215', SEEDANCE_1_5],
  ['seedance-1-0-pro-250528', seedance1('1080p', { most: FRAMES })],
  ['seedance-1-0-pro-fast-251015', seedance1('1080p', { most: { 'first-frame': 1 } })],
  ['seedance-1-0-lite-t2v-250428', seedance1('720p', { most: {} })],
  [
    'seedance-1-0-lite-i2v-250428',
    seedance1('720p', {
      most: { ...FRAMES, 'reference-image': 4 },
      notWithReferences: '1080p',
    }),
  ],
]);

/** The endpoints of this account, which stand for a model each. */
const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['ep-20260301120000-abcde', 'dreamina-seedance-2-0-260128'],
  ['ep-20260301120000-fghij', 'seedance-1-0-lite-i2v-250428'],
]);

/** The model that an endpoint stands for; of a model itself its own id. */
export function modelBehind(id: string): string {
  return ENDPOINTS.get(id) ?? id;
}

/** What a model takes, by its id or the id of an endpoint; `undefined` if the account has no such. */
export function modelColumn(model: string): ModelColumn | undefined {
  return MODELS.get(modelBehind(model));
}
