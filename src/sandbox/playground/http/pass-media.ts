import { request as startRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './security-headers.ts';

const ASKED = ['range', 'if-range'] as const;
const TOLD = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const;

/** Fetches a file of the simulated CDN for the page, in part where the player asks for a part. */
export function passMedia(
  origin: string,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = 'GET', url = '/', headers } = message;
  const upstream = startRequest(
    `${origin}${url}`,
    { method, headers: pick(headers, ASKED) },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, {
        ...SECURITY_HEADERS,
        ...pick(answer.headers, TOLD),
      });
      answer.pipe(response);
    },
  );
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, SECURITY_HEADERS).end();
  });
  // A player that seeks leaves the rest of its old part.
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
