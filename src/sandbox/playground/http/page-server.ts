import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { explainIssue } from '../../../simulators/providers/explain-issue.ts';
import { isCdnPath } from '../../../simulators/discord/rest/cdn-route.ts';
import { readBody } from '../../../simulators/discord/rest/read-body.ts';
import type { UploadedFile } from '../../../simulators/discord/rest/request.ts';
import { actRequestSchema } from '../act/act-schema.ts';
import { knobTurnSchema } from '../knobs/turn-schema.ts';
import type { ActRequest, ActResult } from '../protocol/actions.ts';
import type { KnobResult, KnobTurn } from '../protocol/knobs.ts';
import { rejectionReason } from './loopback-guard.ts';
import { readPageFile } from './page-files.ts';
import { proxyMedia } from './proxy-media.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

const HOST = '127.0.0.1';

/** What the page server needs. */
export interface PageServerDeps {
  /** The folder of the built page. */
  readonly pageFolder: string;
  /** The origin of the simulated CDN. */
  readonly mediaOrigin: string;
  readonly act: (request: ActRequest, files: readonly UploadedFile[]) => Promise<ActResult>;
  readonly turn: (turn: KnobTurn) => Promise<KnobResult>;
  /** Called with errors of the playground itself. */
  readonly onError: (cause: unknown) => void;
}

/** The HTTP server of the playground. */
export interface PageServer {
  readonly server: Server;
  readonly port: () => number;
  /** Starts to listen; rejects if the port is in use. */
  listen(port: number): Promise<void>;
  close(): Promise<void>;
}

/** Creates the server of the page, actions, knobs and media. */
export function createPageServer(deps: PageServerDeps): PageServer {
  const server = createServer((message, response) => {
    answer(deps, port(), message, response).catch((cause: unknown) => {
      deps.onError(cause);
      if (response.headersSent) response.destroy();
      else {
        sendJson(response, 500, {
          kind: 'refused',
          reason: 'The playground failed; see its terminal.',
        });
      }
    });
  });
  const port = (): number => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  return {
    server,
    port,
    async listen(wanted) {
      server.listen(wanted, HOST);
      await once(server, 'listening');
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  deps: PageServerDeps,
  port: number,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = rejectionReason(message.headers, port);
  if (refusal !== undefined) {
    sendJson(response, 403, { kind: 'refused', reason: refusal });
    return;
  }
  const { pathname, search } = addressOf(message.url ?? '/');
  if (message.method === 'POST') {
    await answerPost(deps, pathname, message, response);
  } else if (message.method !== 'GET' && message.method !== 'HEAD') {
    sendJson(response, 405, { kind: 'refused', reason: 'GET and POST alone.' });
  } else if (isCdnPath(pathname)) {
    proxyMedia(`${deps.mediaOrigin}${pathname}${search}`, message, response);
  } else {
    await sendPageFile(deps.pageFolder, pathname, response);
  }
}

/** Parses the request's URL; an invalid one gets an empty path, which matches no file. */
function addressOf(url: string): Pick<URL, 'pathname' | 'search'> {
  const base = `http://${HOST}`;
  return URL.canParse(url, base) ? new URL(url, base) : { pathname: '', search: '' };
}

async function answerPost(
  deps: PageServerDeps,
  pathname: string,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { json, files, overflow, invalidJson } = await readBody(message);
  if (overflow || invalidJson) {
    sendJson(response, overflow ? 413 : 400, {
      kind: 'refused',
      reason: 'The body cannot be read.',
    });
  } else if (pathname === '/act') {
    await handleJson(response, actRequestSchema, json, (request) => deps.act(request, files));
  } else if (pathname === '/knobs') {
    await handleJson(response, knobTurnSchema, json, deps.turn);
  } else {
    sendJson(response, 404, { kind: 'refused', reason: 'There is no such address.' });
  }
}

async function handleJson<Body>(
  response: ServerResponse,
  schema: z.ZodType<Body>,
  json: unknown,
  handle: (body: Body) => Promise<ActResult | KnobResult>,
): Promise<void> {
  const read = schema.safeParse(json);
  if (read.success) sendJson(response, 200, await handle(read.data));
  else sendJson(response, 400, { kind: 'refused', reason: explainIssue(read.error) });
}

async function sendPageFile(
  folder: string,
  pathname: string,
  response: ServerResponse,
): Promise<void> {
  const file = await readPageFile(folder, pathname);
  if (file === undefined) {
    sendJson(response, 404, { kind: 'refused', reason: 'There is no such file.' });
    return;
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': file.contentType,
    'content-length': file.bytes.byteLength,
    'cache-control': 'no-cache',
  });
  response.end(file.bytes);
}

function sendJson(response: ServerResponse, status: number, body: ActResult | KnobResult): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
