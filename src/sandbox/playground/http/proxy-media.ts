import { request as startRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './security-headers.ts';

const REQUEST_HEADERS = ['range', 'if-range'] as const;
const RESPONSE_HEADERS = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
] as const;

/** Proxies a file, or a range of it, from the simulated CDN to the page. */
export function proxyMedia(
  address: string,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = 'GET', headers } = message;
  const upstream = startRequest(
    address,
    { method, headers: pick(headers, REQUEST_HEADERS) },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, {
        ...SECURITY_HEADERS,
        ...pick(answer.headers, RESPONSE_HEADERS),
      });
      answer.pipe(response);
    },
  );
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, SECURITY_HEADERS).end();
  });
  // A player that seeks abandons its previous request.
  response.on('close', () => upstream.destroy());
  upstream.end();
}

function pick(
  headers: IncomingMessage['headers'],
  names: readonly (keyof IncomingMessage['headers'])[],
): Record<string, string | string[]> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
