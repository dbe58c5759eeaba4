import type { ServerResponse } from 'node:http';
import type { ActResult } from '../protocol/actions.ts';
import type { KnobResult } from '../protocol/knobs.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Ends a response with a JSON body that no cache keeps. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: ActResult | KnobResult,
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
