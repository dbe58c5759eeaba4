import type { IncomingMessage } from 'node:http';
import type { UploadedFile } from './request.ts';

// Ten files of the largest upload limit, and the JSON.
const MAX_BODY_BYTES = 512 * 1024 * 1024;
const FILE_FIELD = /^files\[(\d+)\]$/u;

/** A request body; `overflow` if it was larger than MAX_BODY_BYTES. */
export interface ReadBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  readonly bodyBytes: number;
  readonly overflow: boolean;
  readonly invalidJson: boolean;
}

interface Parsed {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  readonly invalidJson: boolean;
}

const NOTHING: Parsed = { json: undefined, files: [], invalidJson: false };

function parseJson(text: string): Parsed {
  try {
    const json: unknown = JSON.parse(text);
    return { ...NOTHING, json };
  } catch {
    return { ...NOTHING, invalidJson: true };
  }
}

async function parseMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Parsed> {
  const headers = { 'content-type': contentType };
  const form = await new Response(bytes, { headers }).formData();
  const payload = form.get('payload_json');
  const text = typeof payload === 'string' ? payload : await payload?.text();
  const parsed = text === undefined ? NOTHING : parseJson(text);
  const files: UploadedFile[] = [];
  for (const [name, value] of form.entries()) {
    const index = FILE_FIELD.exec(name)?.[1];
    if (typeof value !== 'string' && index !== undefined) {
      files.push({
        index,
        filename: value.name,
        contentType: value.type === '' ? 'application/octet-stream' : value.type,
        bytes: new Uint8Array(await value.arrayBuffer()),
      });
    }
  }
  return { ...parsed, files };
}

async function parse(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Parsed> {
  if (bytes.byteLength === 0) {
    return NOTHING;
  }
  if (!contentType.startsWith('multipart/form-data')) {
    return parseJson(new TextDecoder().decode(bytes));
  }
  try {
    return await parseMultipart(bytes, contentType);
  } catch {
    return { ...NOTHING, invalidJson: true };
  }
}

/** Reads a body to its end; one above MAX_BODY_BYTES is counted and discarded. */
export async function readBody(message: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  // Without an encoding an IncomingMessage yields Buffers; its type says `any`.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bodyBytes += chunk.byteLength;
    if (bodyBytes <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  if (bodyBytes > MAX_BODY_BYTES) {
    return { ...NOTHING, bodyBytes, overflow: true };
  }
  const contentType = message.headers['content-type'] ?? '';
  const parsed = await parse(Buffer.concat(chunks), contentType);
  return { ...parsed, bodyBytes, overflow: false };
}
