import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What the server read of one request. */
interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request after its body was read. */
export type Script = (response: ServerResponse, request: SeenRequest, socket: Socket) => void;

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Sets how the next requests are answered; with `early`, before their body is read. */
  play(script: Script): void;
  /** Cuts every connection as soon as the request's headers arrive. */
  cutEarly(): void;
  /** Resolves when the next request has been read completely. */
  nextRequest(): Promise<SeenRequest>;
  close(): Promise<void>;
}

/** Starts a real server on loopback that behaves, or misbehaves, as the test says. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let waiting: ((request: SeenRequest) => void)[] = [];
  let script = answering(500, '');
  let isCutEarly = false;

  const server = createServer((request, response) => {
    if (isCutEarly) {
      request.socket.resetAndDestroy();
      return;
    }
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const whole = { method, path, headers, body };
      seen.push(whole);
      for (const tell of waiting) tell(whole);
      waiting = [];
      script(response, whole, request.socket);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    play: (next) => {
      script = next;
    },
    cutEarly: () => {
      isCutEarly = true;
    },
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Answers with a status and a JSON value, or with a string unchanged. */
export function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Script {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}
