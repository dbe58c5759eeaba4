import { randomUUID } from 'node:crypto';
import type { REST } from 'discord.js';

/** A file in memory that goes to Discord with a message. */
export interface ReplyFile {
  /** Without quotes or control characters. */
  readonly name: string;
  readonly contentType: string;
  /** Its bytes, one after the other. */
  readonly parts: readonly Uint8Array[];
}

type RequestBody = Pick<
  NonNullable<Parameters<REST['patch']>[1]>,
  'body' | 'headers' | 'passThroughBody'
>;

/**
 * A JSON body with files, as multipart/form-data (RFC 7578) in one buffer. A form of blobs would be
 * shorter, but Node does not count the memory of blobs, so the garbage collector lets them pile up.
 */
export function multipartBody(body: object, files: readonly ReplyFile[]): RequestBody {
  const boundary = `clapper-${randomUUID()}`;
  const chunks: Uint8Array[] = [
    text(partHead(boundary, 'name="payload_json"', 'application/json')),
    text(JSON.stringify(body)),
  ];
  for (const [index, { name, contentType, parts }] of files.entries()) {
    const disposition = `name="files[${index}]"; filename="${name}"`;
    chunks.push(text(`\r\n${partHead(boundary, disposition, contentType)}`), ...parts);
  }
  chunks.push(text(`\r\n--${boundary}--\r\n`));
  return {
    body: Buffer.concat(chunks),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    passThroughBody: true,
  };
}

function text(value: string): Buffer {
  return Buffer.from(value, 'utf8');
}

function partHead(boundary: string, disposition: string, contentType: string): string {
  return [
    `--${boundary}`,
    `content-disposition: form-data; ${disposition}`,
    `content-type: ${contentType}`,
    '',
    '',
  ].join('\r\n');
}
