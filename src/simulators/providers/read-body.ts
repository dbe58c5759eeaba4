import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * Reads a request's body: of a form its fields, of files what is known of them; parsed if it is JSON,
 * else its text; `undefined` when it is empty.
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  const bytes = await buffer(request);
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  const body = bytes.toString();
  if (body === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch {
    return body;
  }
}

async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<unknown> {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(
      [...form.entries()].map(([name, value]) => [
        name,
        typeof value === 'string'
          ? value
          : { filename: value.name, mimeType: value.type, bytes: value.size },
      ]),
    );
  } catch {
    return 'a form that is none';
  }
}
