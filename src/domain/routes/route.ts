import type { MediaKind, Ratio, Resolution } from './options.ts';
import type { ProviderId, ProviderTraits } from './provider-traits.ts';

/** A value of `/video model:`, `provider/model`. A stored one may name a route that was removed. */
export type RouteId = string;

/** The units that prices are for. */
export const BILLING_UNITS = ['task', 'second', 'million_tokens'] as const;
export type BillingUnit = (typeof BILLING_UNITS)[number];

/**
 * How a resolution is chosen.
 * `fixed`: there is only one; the provider ignores the field, and it is never sent.
 * `field`: sent as the `resolution` field. `model`: part of the model's name.
 */
type Output =
  | { readonly kind: 'fixed'; readonly resolution: Resolution }
  | {
      readonly kind: 'field' | 'model';
      readonly resolutions: readonly Resolution[];
      readonly default: Resolution;
      /** Those of them that are made with references; all if absent. */
      readonly withReferences?: readonly Resolution[];
      /** Also sent where it was not chosen, because no document gives the provider's own default. */
      readonly isAlwaysSent?: true;
    };

/** The lengths that a route makes, in whole seconds of video. */
export interface Lengths {
  readonly min: number;
  readonly max: number;
  /** Each length, ascending, where there are gaps between them; absent where there are none. */
  readonly only?: readonly number[];
}

/** Limits of one kind of media. A limit is `undefined` when no document gives it. */
export interface MediaLimits {
  /** The maximum of attachments of this kind; for images without the frames. */
  readonly maxCount?: number;
  /** Accepted MIME types; `undefined` when any of the kind is accepted. */
  readonly mimeTypes?: readonly string[];
  /** MIME types that the documents exclude. */
  readonly refusedMimeTypes?: readonly string[];
  readonly maxBytes?: number;
  readonly maxTotalBytes?: number;
  readonly minSeconds?: number;
  readonly maxSeconds?: number;
  readonly maxTotalSeconds?: number;
  /**
   * The total length by other sources than the provider. It refuses nothing, but bounds the lengths
   * that Discord does not report.
   */
  readonly assumedTotalSeconds?: number;
  /** What width and height may each have, in pixels. */
  readonly side?: { readonly min: number; readonly max: number };
}

/** Why a route does not accept a kind of media. */
export type UnsupportedReason = 'not-taken' | 'asset-library-only';

type MediaRule = UnsupportedReason | MediaLimits;

/**
 * `any`: first, last or both. `first`: a last frame requires a first. `first-only`: no last frame.
 * `pair`: both or none.
 */
type FrameRule = 'any' | 'first' | 'first-only' | 'pair' | UnsupportedReason;

/** How a route takes media by a library of its provider. */
interface LibraryRules extends Pick<
  RouteRules,
  'frames' | 'media' | 'framesExcludeReferences' | 'audioNeeds'
> {
  /** The library's name at its provider. */
  readonly library: string;
}

/** How a route takes media that lie in a library of its provider, besides others. */
interface NamedAssetRules {
  /** The library's name at its provider. */
  readonly library: string;
  /** What stands in a prompt for a reference, before its number within its kind. */
  readonly mentions: Readonly<Record<MediaKind, string>>;
}

/** What a provider's documents say about one route. */
export interface RouteRules {
  /** The model's name at its provider; a name of several providers gets the provider's added. */
  readonly title: string;
  /** What the provider's Chinese documents call it, alone or with others. */
  readonly chineseTitle?: string;
  /** How good its pictures are, compared with other routes': the higher, the better. */
  readonly tier: number;
  /** The `model` field of a request; the resolution is appended if `output.kind` is `model`. */
  readonly model: string;
  /** What `model` becomes with a reference video, where the provider has a model of its own for it. */
  readonly videoModel?: string;
  /** What `model` becomes with media of any kind, where the provider has a model of its own for them. */
  readonly mediaModel?: string;
  readonly billing: {
    readonly unit: BillingUnit;
    /** Whether the billing name includes the resolution. */
    readonly byResolution: boolean;
    /** Whether requests with reference videos have a separate price in the documents. */
    readonly hasSeparateVideoPrice?: boolean;
    /** Whether a price per second counts the first reference video as well, in whole seconds. */
    readonly addsFirstReference?: boolean;
    /** The same of all reference videos, although no document says so. */
    readonly assumesAllReferences?: boolean;
  };
  readonly duration: Lengths & { readonly default: number };
  readonly output: Output;
  readonly ratios: {
    readonly accepted: readonly Ratio[];
    readonly default?: Ratio;
    /** Those of them that are made with frames; all if absent. */
    readonly withFrames?: readonly Ratio[];
    /** Those of them that are made of a text alone; all if absent. */
    readonly ofText?: readonly Ratio[];
  };
  /** In characters; `undefined` when no document gives a limit. */
  readonly promptMaxChars?: number;
  /** How long a prompt the documents advise at most. */
  readonly promptAdvice?: { readonly chineseChars: number; readonly englishWords: number };
  /** Whether the documents offer editing and extending a video: a reference video, and words. */
  readonly editsVideos?: boolean;
  readonly frames: FrameRule;
  readonly media: Readonly<Record<MediaKind, MediaRule>>;
  /** What the route takes where a library of its provider is on, into which all of its media then go. */
  readonly byLibrary?: LibraryRules;
  /** Absent where it takes none that a server has named. */
  readonly namedAssets?: NamedAssetRules;
  /** Whether frames exclude all references; they exclude reference images on every route. */
  readonly framesExcludeReferences: boolean;
  /** Reference audio requires at least one of these. */
  readonly audioNeeds?: readonly ('image' | 'video' | 'frame')[];
  /** Whether reference audio cannot be combined with frames. */
  readonly audioExcludesFrames?: boolean;
  /** The switches of the request; each is `undefined` when the route documents no such field. */
  readonly sound?: { readonly default: boolean };
  /** Set if its documents say that it makes no sound: to ask for none changes nothing, and is not sent. */
  readonly isSilent?: true;
  readonly watermark?: { readonly default: boolean };
  readonly webSearch?: 'text-only';
  /** What it makes besides and `/video` has no option for, in the provider's words. */
  readonly notOffered?: readonly string[];
  /** The source of the numbers. */
  readonly source: string;
}

/** A route of the catalogue: its rules, and the facts of its provider. */
export interface Route extends RouteRules {
  readonly id: RouteId;
  /** The one name that people see, the same in every language. No two routes have the same. */
  readonly name: string;
  readonly provider: ProviderId;
  /** The library into which all of its media go, `provider/name`; `undefined` if they go into none. */
  readonly library?: string;
  /** The library whose assets it takes by name, `provider/name`; `undefined` if it takes none. */
  readonly assetLibrary?: string;
  readonly providerTraits: ProviderTraits;
  /** Whether the provider says with "about" how long it keeps results. */
  readonly isRetentionAbout: boolean;
}
