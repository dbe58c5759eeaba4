import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export interface SeenCall {
  readonly method: string;
  /** Without `/v10`, with its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RestServer {
  readonly url: string;
  readonly seen: SeenCall[];
  /** What the next calls are answered; a cut ends the connection without an answer, a hang does nothing. */
  readonly answers: (RestAnswer | 'cut' | 'hang')[];
  /** What calls beyond those are answered. */
  otherwise: (call: SeenCall) => RestAnswer;
}

/** Discord's REST on loopback, as far as one test needs it. */
export async function startRestServer(): Promise<RestServer> {
  const seen: SeenCall[] = [];
  const answers: (RestAnswer | 'cut' | 'hang')[] = [];

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const call = { method, path: path.replace('/v10', ''), headers, body: Buffer.concat(chunks) };
      seen.push(call);
      const answer = answers.shift() ?? rest.otherwise(call);
      if (answer === 'hang') return;
      if (answer === 'cut') request.socket.destroy();
      else send(response, answer);
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('no port'));
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const rest: RestServer = {
    url: `http://127.0.0.1:${port}`,
    seen,
    answers,
    otherwise: ({ headers }) => ({ status: 200, body: aMessage(headers['content-type'] ?? '') }),
  };
  return rest;
}

/** A message as Discord answers with it, showing a file where the call carried one. */
function aMessage(contentType: string): object {
  const isForm = contentType.startsWith('multipart/form-data');
  const attachments = isForm ? [{ id: '1300000000000000041', filename: 'a.mp4' }] : [];
  return { id: '1300000000000000040', attachments };
}

function send(response: ServerResponse, { status, body, headers }: RestAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
