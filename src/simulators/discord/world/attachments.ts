import { LIMITS } from '../limits.ts';
import { apiError } from '../errors.ts';
import type { UploadedFile } from '../rest/request.ts';
import {
  attachmentId,
  checkAttachmentEntry,
  isStoredId,
  unknownAttachment,
} from '../rules/attachment-rules.ts';
import type { Issue, Path } from '../rules/issue.ts';
import { field, isAbsent, listOf, textOf } from '../values.ts';

/** A file of a message; the CDN stores its bytes by the same id. */
export interface StoredAttachment {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly description: string | undefined;
  /** Pixels, where the sender's client measured them. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
}

export interface NewAttachment {
  readonly attachment: StoredAttachment;
  readonly bytes: Uint8Array;
}

export interface MergedAttachments {
  readonly attachments: readonly StoredAttachment[];
  /** The new files, to be stored on the CDN once the message is accepted. */
  readonly added: readonly NewAttachment[];
  readonly issues: readonly Issue[];
}

export interface AttachmentMerge {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  readonly existing: readonly StoredAttachment[];
  readonly isEdit: boolean;
  readonly path: Path;
  readonly newId: () => string;
}

function upload(file: UploadedFile, entry: unknown, id: string): NewAttachment {
  const attachment = {
    id,
    filename: textOf(field(entry, 'filename')) ?? file.filename,
    contentType: file.contentType,
    size: file.bytes.byteLength,
    description: textOf(field(entry, 'description')),
  };
  return { attachment, bytes: file.bytes };
}

/** Throws a 40005 for a file above the limit or a body that is too large. */
export function checkUploadSizes(
  files: readonly UploadedFile[],
  limitBytes: number,
  overflow: boolean,
): void {
  if (overflow || files.some((file) => file.bytes.byteLength > limitBytes)) {
    throw apiError('requestTooLarge');
  }
}

/**
 * Returns the attachments of the resulting message. A post attaches all files. An edit adds them to
 * the existing attachments, unless it has `attachments`: that list is complete and replaces them.
 */
export function mergeAttachments(merge: AttachmentMerge): MergedAttachments {
  const listed = field(merge.json, 'attachments');
  const entries = listOf(listed);
  const at = [...merge.path, 'attachments'];
  const issues: Issue[] = [];
  const kept: StoredAttachment[] = isAbsent(listed) ? [...merge.existing] : [];
  const added: NewAttachment[] = [];

  for (const [index, entry] of entries.entries()) {
    const id = attachmentId(entry) ?? '';
    issues.push(...checkAttachmentEntry(entry, [...at, index]));
    const stored = merge.existing.find((candidate) => candidate.id === id);
    const file = merge.files.find((candidate) => candidate.index === id);
    if (stored !== undefined) {
      kept.push({
        ...stored,
        description: textOf(field(entry, 'description')) ?? stored.description,
      });
    } else if (file !== undefined && !isStoredId(id)) {
      added.push(upload(file, entry, merge.newId()));
    } else {
      issues.push(unknownAttachment([...at, index]));
    }
  }

  const named = new Set(entries.map(attachmentId));
  if (isAbsent(listed) || !merge.isEdit) {
    for (const file of merge.files.filter(({ index }) => !named.has(index))) {
      added.push(upload(file, undefined, merge.newId()));
    }
  }
  const attachments = [...kept, ...added.map(({ attachment }) => attachment)];
  if (attachments.length > LIMITS.attachments) {
    throw apiError('tooManyAttachments');
  }
  return { attachments, added, issues };
}
