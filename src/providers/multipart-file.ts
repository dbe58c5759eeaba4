import { randomUUID } from 'node:crypto';
import { partedBody } from './body-parts.ts';
import type { PartedBody } from './body-parts.ts';

/** A file in a form. Its names are the bot's own: letters, digits, dots and underscores. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly mimeType: string;
  readonly content: Uint8Array;
}

/** A part of a form: a file, or a text in a field that the bot names. */
export type FormPart = UploadedFile | { readonly field: string; readonly text: string };

/** A body of `multipart/form-data`, whose files are not copied. */
export interface MultipartBody extends PartedBody {
  readonly contentType: string;
}

/** Builds the body. */
export function multipartBody(parts: readonly FormPart[]): MultipartBody {
  const boundary = `clapper-${randomUUID()}`;
  const written = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`),
    contentOf(part),
    Buffer.from('\r\n'),
  ]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    ...partedBody([...written, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function headOf(part: FormPart): string {
  const head = `Content-Disposition: form-data; name="${part.field}"`;
  return 'text' in part
    ? head
    : `${head}; filename="${part.name}"\r\nContent-Type: ${part.mimeType}`;
}

function contentOf(part: FormPart): Buffer {
  if ('text' in part) return Buffer.from(part.text);
  const { buffer, byteOffset, length } = part.content;
  return Buffer.from(buffer, byteOffset, length);
}
