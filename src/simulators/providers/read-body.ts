import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** Reads a request's body: parsed if it is JSON, else its text; `undefined` when it is empty. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const body = await text(request);
  if (body === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch {
    return body;
  }
}
