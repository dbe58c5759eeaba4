import { randomBytes } from 'node:crypto';

/** A file on the disk that a message carries. */
interface BlobFile {
  readonly name: string;
  readonly content: Blob;
}

/** A file in memory that a message carries. */
export interface ReplyFile {
  readonly name: string;
  readonly contentType: string;
  /** Its bytes, one after the other. */
  readonly parts: readonly Uint8Array[];
}

export type CarriedFile = BlobFile | ReplyFile;

/** A body of a request, with the headers that describe it. */
export interface RequestBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | ReadableStream<Uint8Array>;
}

/** Larger forms are sent from the disk piece by piece, in bytes. A small one is faster in one piece. */
const MAX_WHOLE_BYTES = 1_048_576;

/** A JSON body. */
export function jsonBody(body: object): RequestBody {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * A form of a JSON body and files, as Discord's documentation describes it (Reference § Uploading
 * Files). Large files stay on the disk until they are sent. Files in memory are joined in one buffer:
 * Node does not count the memory of blobs, so the garbage collector would let them pile up.
 */
export async function formBody(body: object, files: readonly CarriedFile[]): Promise<RequestBody> {
  const boundary = `clapper-${randomBytes(16).toString('hex')}`;
  const parts = [
    partHead(boundary, 'name="payload_json"', 'application/json'),
    JSON.stringify(body),
    LINE_END,
    ...files.flatMap((file, at) => [
      partHead(boundary, `name="files[${at}]"; filename="${escaped(file.name)}"`, typeOf(file)),
      ...('parts' in file ? file.parts : [file.content]),
      LINE_END,
    ]),
    `--${boundary}--${LINE_END}`,
  ];
  const whole = await joined(parts);
  const length = whole instanceof Blob ? whole.size : whole.byteLength;
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(length),
    },
    body: whole instanceof Blob ? whole.stream() : whole,
  };
}

function typeOf(file: CarriedFile): string {
  return 'parts' in file ? file.contentType : file.content.type;
}

/** One buffer, or a blob if a large part of it is on the disk. */
async function joined(parts: readonly (string | Uint8Array | Blob)[]): Promise<Uint8Array | Blob> {
  const buffers = parts.flatMap((part) => {
    if (part instanceof Blob) return [];
    return [typeof part === 'string' ? Buffer.from(part) : part];
  });
  if (buffers.length === parts.length) return Buffer.concat(buffers);
  const form = new Blob(
    parts.map((part) => (part instanceof Uint8Array ? new Uint8Array(part) : part)),
  );
  return form.size <= MAX_WHOLE_BYTES ? new Uint8Array(await form.arrayBuffer()) : form;
}

const LINE_END = '\r\n';

function partHead(boundary: string, disposition: string, type: string): string {
  const lines = [
    `--${boundary}`,
    `Content-Disposition: form-data; ${disposition}`,
    `Content-Type: ${type}`,
  ];
  return [...lines, '', ''].join(LINE_END);
}

/** As browsers write it. */
function escaped(name: string): string {
  return name.replaceAll(/["\r\n]/g, (character) => encodeURIComponent(character));
}
