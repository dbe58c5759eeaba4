import { randomUUID } from 'node:crypto';
import { partedBody } from './body-parts.ts';
import type { PartedBody } from './body-parts.ts';

/** A file in a form. Its names are the bot's own: letters, digits, dots and underscores. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly mimeType: string;
  readonly content: Buffer;
}

/** A body of `multipart/form-data` with one file, which is not copied. */
export interface MultipartBody extends PartedBody {
  readonly contentType: string;
}

/** Builds the body. */
export function multipartBody({ field, name, mimeType, content }: UploadedFile): MultipartBody {
  const boundary = `clapper-${randomUUID()}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${field}"; filename="${name}"`,
    `Content-Type: ${mimeType}`,
    '',
    '',
  ].join('\r\n');
  const parts = [Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)];
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    ...partedBody(parts),
  };
}
