import type { MediaKind, Ratio, Resolution } from './options.ts';
import type { ProviderId, ProviderTraits } from './provider-traits.ts';

/** A value of `/video model:`, `provider/model`. A stored one may name a route that is gone. */
export type RouteId = string;

/** What one unit of the price buys. */
export const BILLING_UNITS = ['task', 'second', 'million_tokens'] as const;
type BillingUnit = (typeof BILLING_UNITS)[number];

/**
 * How a resolution is chosen.
 * `fixed`: one output, the field is ignored by the provider and never sent.
 * `field`: sent as the `resolution` field. `model`: part of the model's name.
 */
type Output =
  | { readonly kind: 'fixed'; readonly resolution: Resolution }
  | {
      readonly kind: 'field' | 'model';
      readonly resolutions: readonly Resolution[];
      readonly default: Resolution;
    };

/** Limits of one kind of media. An absent limit is one that no document gives. */
export interface MediaLimits {
  /** How many pieces of this kind; for images, frames do not count here. */
  readonly maxCount?: number;
  /** MIME types that are taken; absent: any of the kind. */
  readonly mimeTypes?: readonly string[];
  /** MIME types that are refused by name. */
  readonly refusedMimeTypes?: readonly string[];
  readonly maxBytes?: number;
  readonly maxTotalBytes?: number;
  readonly minSeconds?: number;
  readonly maxSeconds?: number;
  readonly maxTotalSeconds?: number;
  /**
   * What others than the provider say of all pieces together: nothing is refused by it, but lengths
   * that Discord does not tell count with no more than that.
   */
  readonly assumedTotalSeconds?: number;
  /** Bounds of the shorter side, in pixels. */
  readonly minShortSide?: number;
  readonly maxShortSide?: number;
}

/** Why a route takes no media of a kind, where there is more to say than "no". */
export type NotTaken = 'not-taken' | 'asset-library-only' | 'own-model-variant';

type MediaRule = NotTaken | MediaLimits;

/** `any`: first, last or both; `first`: a last frame needs a first; `pair`: both or none. */
type FrameRule = 'any' | 'first' | 'pair' | NotTaken;

/** What a provider's documents say of one route. */
export interface RouteRules {
  /** The model's name as people know it, without the provider. */
  readonly title: string;
  /** The `model` field of a request; with output by model the resolution is appended. */
  readonly model: string;
  readonly billing: {
    readonly unit: BillingUnit;
    /** Whether the billing name carries the resolution. */
    readonly byResolution: boolean;
    /** The documents price reference videos apart: the plain price is not theirs. */
    readonly videoApart?: boolean;
  };
  /** Whole seconds of video. */
  readonly duration: { readonly min: number; readonly max: number; readonly default: number };
  readonly output: Output;
  readonly ratios: { readonly accepted: readonly Ratio[]; readonly default?: Ratio };
  /** In characters; absent where no document gives one. */
  readonly promptMaxChars?: number;
  readonly frames: FrameRule;
  readonly media: Readonly<Record<MediaKind, MediaRule>>;
  /** Frames exclude reference images on every route; here also all other references. */
  readonly framesExcludeReferences: boolean;
  /** Reference audio needs at least one of these beside it. */
  readonly audioNeeds?: readonly ('image' | 'video' | 'frame')[];
  /** Reference audio is refused beside frames. */
  readonly audioExcludesFrames?: boolean;
  /** The switches of the request; absent: the route documents no such field. */
  readonly sound?: { readonly default: boolean };
  readonly watermark?: { readonly default: boolean };
  readonly webSearch?: 'text-only';
  /** Where the numbers come from. */
  readonly source: string;
}

/** A route of the catalogue: its rules, and what follows from its provider. */
export interface Route extends RouteRules {
  readonly id: RouteId;
  readonly provider: ProviderId;
  readonly providerTraits: ProviderTraits;
  /** How long the result's address stays good, in milliseconds from the finish. */
  readonly resultRetentionMs: number;
}
