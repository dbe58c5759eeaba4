import type { ServerResponse } from 'node:http';

import type { ApiFault } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { JsonReply } from './json-reply.ts';

/** The reply to one API request on the wire. */
export type Reply =
  | {
      readonly kind: 'send';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** Sends the body in small parts over this time, in milliseconds. */
      readonly overMs?: number;
    }
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'not-http' }
  | { readonly kind: 'cut' };

const JSON_TYPE = { 'content-type': 'application/json' };

/** Builds a reply from a provider's JSON, optionally sent in small parts over `overMs`. */
export function replyOf({ status, body }: JsonReply, overMs?: number): Reply {
  const reply = { kind: 'send', status, headers: JSON_TYPE, body: JSON.stringify(body) } as const;
  return overMs === undefined ? reply : { ...reply, overMs };
}

/** Builds the 404 for a path that does not exist. */
export function replyToUnknownPath(
  { noSuchPath }: Dialect,
  { method, path }: { readonly method: string; readonly path: string },
): Reply {
  const [type, body] = noSuchPath(method, path);
  return { kind: 'send', status: 404, headers: { 'content-type': type }, body };
}

/** Builds the reply to a fault in a provider's dialect. */
export function replyToFault(fault: ApiFault, dialect: Dialect): Reply {
  switch (fault.kind) {
    case 'raw':
      return {
        kind: 'send',
        status: fault.status,
        headers: { ...JSON_TYPE, ...fault.headers },
        body: fault.body,
      };
    case 'rate-limited': {
      const seconds = fault.retryAfterSeconds;
      const headers =
        seconds === undefined ? JSON_TYPE : { ...JSON_TYPE, 'retry-after': String(seconds) };
      return { ...sent(dialect.rateLimited), headers };
    }
    case 'server-error':
      return sent(dialect.serverError(fault.status ?? 500));
    case 'not-json':
      return {
        kind: 'send',
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Bad gateway</html>',
      };
    case 'wrong-shape':
      return sent(dialect.wrongShape);
    case 'huge':
      return { kind: 'huge', bytes: fault.bytes };
    case 'hang':
    case 'not-http':
    case 'cut':
    default:
      return { kind: fault.kind };
  }
}

function sent({ status, body }: JsonReply): Extract<Reply, { kind: 'send' }> {
  return { kind: 'send', status, headers: JSON_TYPE, body: JSON.stringify(body) };
}

/** Sends a reply. `hang` sends nothing and leaves the connection open until either side closes it. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'hang':
      return;
    case 'not-http':
      response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n\r\n');
      return;
    case 'cut':
      response.socket?.destroy();
      return;
    case 'huge':
      response.writeHead(200, JSON_TYPE);
      response.write('{"code":"20000","msg":"');
      pour(response, reply.bytes, 'x');
      return;
    case 'send': {
      const body = Buffer.from(reply.body);
      response.writeHead(reply.status, { ...reply.headers, 'content-length': body.byteLength });
      if (reply.overMs === undefined) response.end(body);
      else drip(response, body, reply.overMs);
    }
  }
}

const DRIPS = 20;

/** Writes `body` in twenty parts over `overMs`. */
export function drip(response: ServerResponse, body: Uint8Array, overMs: number): void {
  const part = Math.max(1, Math.ceil(body.byteLength / DRIPS));
  let at = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(at, at + part));
    at += part;
    if (at < body.byteLength) return;
    clearInterval(timer);
    response.end();
  }, overMs / DRIPS);
  response.once('close', () => clearInterval(timer));
}

const CHUNK_BYTES = 64 * 1024;

/** Writes `bytes` filler bytes as fast as the client reads them, then ends. */
export function pour(response: ServerResponse, bytes: number, filler: string): void {
  const chunk = Buffer.alloc(CHUNK_BYTES, filler);
  let left = bytes;
  const write = (): void => {
    while (left > 0 && !response.destroyed) {
      const flowing = response.write(chunk.subarray(0, Math.min(left, CHUNK_BYTES)));
      left -= CHUNK_BYTES;
      if (!flowing) {
        response.once('drain', write);
        return;
      }
    }
    response.end();
  };
  write();
}
