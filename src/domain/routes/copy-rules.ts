import { mimeTypeOf } from './mime-type.ts';
import type { MediaKind } from './options.ts';
import type { Attachment } from './request.ts';

/**
 * How a provider takes a copy of the bot's own instead of an address. `upload`: as a file before the
 * create, whose address it then takes. `data-uri`: inside the create.
 */
export interface CopyRule {
  readonly way: 'upload' | 'data-uri';
  readonly maxBytes: number;
  /** Whether it takes files alone: what the bot has no copy of is fetched for the create. */
  readonly isFileOnly?: true;
  /** The types that its documents name; `undefined` where they are those of the route. */
  readonly mimeTypes?: readonly string[];
}

/** The rules of a provider; kinds without one it takes by address alone. */
export type CopyRules = Readonly<Partial<Record<MediaKind, CopyRule>>>;

/** All media together inside of one create, in bytes. */
export const MAX_INLINE_BYTES = 45 * 1_048_576;

/** The rule by which a provider takes a copy of this file; `undefined` if it takes none. */
export function copyRuleFor(
  rules: CopyRules,
  kind: MediaKind,
  file: Pick<Attachment, 'filename' | 'mimeType' | 'bytes'>,
): CopyRule | undefined {
  const rule = rules[kind];
  if (rule === undefined || file.bytes > rule.maxBytes) return undefined;
  const mimeType = mimeTypeOf(file);
  if (mimeType === undefined) return undefined;
  return rule.mimeTypes === undefined || rule.mimeTypes.includes(mimeType) ? rule : undefined;
}
