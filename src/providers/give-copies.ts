import type { GivenCopies, GivenSubmission } from '../app/ports/provider-port.ts';
import { MAX_INLINE_BYTES, copyRuleFor } from '../domain/routes/copy-rules.ts';
import type { CopyRule, CopyRules } from '../domain/routes/copy-rules.ts';
import type { KeptReference } from '../domain/routes/kept-media.ts';
import { MEDIA_OPTIONS } from '../domain/routes/options.ts';
import type { Submission, SubmittedMedia } from '../domain/routes/submission.ts';
import type { NoAddress, UploadCopy } from './upload-copy.ts';

/** Where copies are read. */
export interface CopyReader {
  /**
   * The content of a copy; `undefined` if it is gone, `not-now` if it may be there later. Rejects with the
   * signal's reason where reading takes long.
   */
  read(reference: KeptReference, signal: AbortSignal): Promise<Buffer | 'not-now' | undefined>;
}

export interface GiveCopiesDeps {
  readonly copies: CopyRules;
  readonly media: CopyReader;
  readonly upload: UploadCopy;
  /** Reads a file of Discord, complete; `undefined` if it cannot be had. Needed for `isFileOnly`. */
  readonly fetchFile?: FetchFile | undefined;
}

type FetchFile = (
  file: { readonly url: string; readonly bytes: number },
  signal: AbortSignal,
) => Promise<Buffer | undefined>;

/** What a medium is sent as. */
type GivenMedium = Pick<GivenSubmission['media'][number], 'url' | 'content'>;

/** A copy, or a file that is fetched instead. */
type Copy = NonNullable<SubmittedMedia['copy']> | NonNullable<SubmittedMedia['file']>;

/**
 * Puts the bot's copies into a submission as the provider takes them: by the address of an upload, or
 * as a data URI. What it does not take, or what is gone, keeps its own address, if it has one.
 */
export async function giveCopies(
  deps: GiveCopiesDeps,
  submission: Submission,
  signal: AbortSignal,
): Promise<GivenCopies> {
  const media: GivenSubmission['media'][number][] = [];
  let inlineBytes = 0;
  for (const medium of submission.media) {
    const { copy: kept, file, ...plain } = medium;
    const copy = kept ?? file;
    const rule = copy && ruleFor(deps.copies, plain, copy, inlineBytes);
    if (copy === undefined || rule === undefined) {
      if (plain.url === '') return { kind: 'gone' };
      media.push(plain);
      continue;
    }
    const given = await givenCopy(deps, plain, { rule, copy }, signal);
    if ('kind' in given) return given;
    if (given.content !== undefined) inlineBytes += copy.bytes;
    media.push({ ...plain, ...given });
  }
  return { kind: 'given', submission: { ...submission, media } };
}

/** Of a copy that is gone the own address, if there is one and the provider takes it. */
async function givenCopy(
  deps: GiveCopiesDeps,
  { url }: Pick<SubmittedMedia, 'url'>,
  { rule, copy }: { readonly rule: CopyRule; readonly copy: Copy },
  signal: AbortSignal,
): Promise<GivenMedium | NoAddress | { readonly kind: 'gone' | 'not-now' }> {
  const content = await contentOf(deps, { url, copy, rule }, signal);
  if (content === 'not-now') return { kind: 'not-now' };
  if (content !== undefined) return sentCopy(deps, { rule, copy, content }, signal);
  if (url === '') return { kind: 'gone' };
  return rule.isFileOnly === true ? { kind: 'not-sent', detail: 'file not fetched' } : { url };
}

/** The content of a copy or, where the provider takes files alone, of the file at its address. */
async function contentOf(
  { media, fetchFile }: GiveCopiesDeps,
  { url, copy, rule }: { readonly url: string; readonly copy: Copy; readonly rule: CopyRule },
  signal: AbortSignal,
): Promise<Buffer | 'not-now' | undefined> {
  const kept = 'sha256' in copy ? await media.read(copy, signal) : undefined;
  if (kept !== undefined || rule.isFileOnly !== true || url === '') return kept;
  return fetchFile?.({ url, bytes: copy.bytes }, signal);
}

/** The rule for a copy, as far as there is room in the body. */
function ruleFor(
  copies: CopyRules,
  { role }: SubmittedMedia,
  { mimeType, bytes }: Copy,
  inlineBytes: number,
): CopyRule | undefined {
  const kind = MEDIA_OPTIONS.find((option) => option.role === role)?.kind ?? 'image';
  const rule = copyRuleFor(copies, kind, { filename: '', mimeType, bytes });
  return rule?.way === 'data-uri' && inlineBytes + bytes > MAX_INLINE_BYTES ? undefined : rule;
}

async function sentCopy(
  { upload }: GiveCopiesDeps,
  given: { readonly rule: CopyRule; readonly copy: Copy; readonly content: Buffer },
  signal: AbortSignal,
): Promise<GivenMedium | NoAddress> {
  const { rule, copy, content } = given;
  const mimeType = copy.mimeType ?? 'application/octet-stream';
  if (rule.way === 'data-uri') return { url: `data:${mimeType};base64,`, content };
  const option = 'option' in copy ? copy.option : 'file';
  const uploaded = await upload({ option, mimeType, content }, signal);
  return uploaded.kind === 'address' ? { url: uploaded.address } : uploaded;
}
