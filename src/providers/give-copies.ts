import type { GivenCopies, GivenSubmission } from '../app/ports/provider-port.ts';
import type { MediaStore } from '../app/ports/media-store-port.ts';
import { MAX_INLINE_BYTES, copyRuleFor } from '../domain/routes/copy-rules.ts';
import type { CopyRule, CopyRules } from '../domain/routes/copy-rules.ts';
import { MEDIA_OPTIONS } from '../domain/routes/options.ts';
import type { Submission, SubmittedMedia } from '../domain/routes/submission.ts';
import type { NoAddress, UploadCopy } from './upload-copy.ts';

export interface GiveCopiesDeps {
  readonly copies: CopyRules;
  readonly media: Pick<MediaStore, 'read'>;
  readonly upload: UploadCopy;
}

type Copy = NonNullable<SubmittedMedia['copy']>;

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
  for (const { copy, ...plain } of submission.media) {
    const rule = copy && ruleFor(deps.copies, plain, copy, inlineBytes);
    const content = copy && rule && (await deps.media.read(copy));
    if (copy === undefined || rule === undefined || content === undefined) {
      if (plain.url === '') return { kind: 'gone' };
      media.push(plain);
      continue;
    }
    if (rule.way === 'data-uri') inlineBytes += copy.bytes;
    const given = await sentCopy(deps, { rule, copy, content }, signal);
    if ('kind' in given) return given;
    media.push({ ...plain, ...given });
  }
  return { kind: 'given', submission: { ...submission, media } };
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
): Promise<Pick<GivenSubmission['media'][number], 'url' | 'content'> | NoAddress> {
  const { rule, copy, content } = given;
  const mimeType = copy.mimeType ?? 'application/octet-stream';
  if (rule.way === 'data-uri') return { url: `data:${mimeType};base64,`, content };
  const uploaded = await upload({ option: copy.option, mimeType, content }, signal);
  return uploaded.kind === 'address' ? { url: uploaded.address } : uploaded;
}
