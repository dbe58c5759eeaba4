import { LIMITS } from '../limits.ts';
import { field } from '../values.ts';
import { checkText, issue, type Issue, type Path } from './issue.ts';

const SNOWFLAKE = /^\d{15,20}$/u;

/** Whether an id of `attachments` is a stored file's; otherwise it is the `n` of `files[n]`. */
export function isStoredId(id: string): boolean {
  return SNOWFLAKE.test(id);
}

export function attachmentId(entry: unknown): string | undefined {
  const id = field(entry, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

export function checkAttachmentEntry(entry: unknown, path: Path): Issue[] {
  return checkText(field(entry, 'description'), [...path, 'description'], {
    max: LIMITS.attachmentDescription,
    optional: true,
  });
}

export function unknownAttachment(path: Path): Issue {
  return issue([...path, 'id'], 'ATTACHMENT_NOT_FOUND', 'Attachment could not be found');
}
