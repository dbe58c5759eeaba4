import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isCdnPath } from '../../../simulators/discord/rest/cdn-route.ts';
import { rejectionReason } from './loopback-guard.ts';
import { readPageFile } from './page-files.ts';
import { proxyMedia } from './proxy-media.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { sendJson } from './send-json.ts';
import { answerPost } from './answer-post.ts';
import type { PageActions } from './answer-post.ts';

const HOST = '127.0.0.1';

/** What the page server needs. */
export interface PageServerDeps extends PageActions {
  /** The folder of the built page. */
  readonly pageFolder: string;
  /** The origin of the simulated CDN. */
  readonly mediaOrigin: string;
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
