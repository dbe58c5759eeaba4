import { randomBytes } from 'node:crypto';

/** A file that a message carries. */
export interface CarriedFile {
  readonly name: string;
  /** From the disk or from memory. */
  readonly content: Blob;
}

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
 * Files). Large files stay on the disk until they are sent.
 */
export async function formBody(body: object, files: readonly CarriedFile[]): Promise<RequestBody> {
  const boundary = `clapper-${randomBytes(16).toString('hex')}`;
  const form = new Blob([
    partHead(boundary, 'name="payload_json"', 'application/json'),
    JSON.stringify(body),
    LINE_END,
    ...files.flatMap(({ name, content }, at) => [
      partHead(boundary, `name="files[${at}]"; filename="${escaped(name)}"`, content.type),
      content,
      LINE_END,
    ]),
    `--${boundary}--${LINE_END}`,
  ]);
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(form.size),
  };
  const isSmall = form.size <= MAX_WHOLE_BYTES;
  return { headers, body: isSmall ? new Uint8Array(await form.arrayBuffer()) : form.stream() };
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
