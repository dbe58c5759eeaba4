import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeClip } from './clip.ts';
import { portOf } from './port-of.ts';

/** One accepted create; times by `performance.now()`. */
export interface LeanTask {
  readonly id: string;
  readonly prompt: string;
  readonly createdAt: number;
  /** The number of polls so far. */
  polls: number;
}

export interface LeanProvider {
  readonly url: string;
  readonly key: string;
  /** The host and port of results. */
  readonly host: string;
  close(): Promise<void>;
}

interface LeanProviderOptions {
  readonly clipBytes: number;
  /** Resolves when a create may be answered; `undefined` to answer at once. */
  readonly beforeCreate?: () => Promise<void>;
  /** The progress for each poll's answer, from 0 to 100 (finished); `undefined` for 100 at once. */
  readonly progressOf?: (task: LeanTask) => Promise<number> | number;
}

/** Starts just enough of Jimmy AI for a task that succeeds, with generated clips of any size. */
export async function startLeanProvider(options: LeanProviderOptions): Promise<LeanProvider> {
  const tasks = new Map<string, LeanTask>();
  const server = createServer((request, response) => {
    void serve(request, response, { tasks, options, host: () => hostOf(portOf(server)) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = hostOf(portOf(server));
  return {
    url: `http://${host}`,
    key: 'sk_bench_jimmy',
    host,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const hostOf = (port: number): string => `127.0.0.1:${port}`;

interface Serving {
  readonly tasks: Map<string, LeanTask>;
  readonly options: LeanProviderOptions;
  readonly host: () => string;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { tasks, options, host }: Serving,
): Promise<void> {
  const { url = '', method } = request;
  if (url.startsWith('/clip/')) return writeClip(response, options.clipBytes);
  if (method === 'POST') {
    const prompt = promptIn(await textOf(request));
    await options.beforeCreate?.();
    const task: LeanTask = {
      id: `vid_${tasks.size + 1}`,
      prompt,
      createdAt: performance.now(),
      polls: 0,
    };
    tasks.set(task.id, task);
    return succeed(response, { task_id: task.id, status: 'queued' });
  }
  const task = tasks.get(url.slice(url.lastIndexOf('/') + 1));
  if (task === undefined) {
    response.writeHead(404).end();
    return;
  }
  task.polls += 1;
  const progress = (await options.progressOf?.(task)) ?? 100;
  if (progress < 100) {
    return succeed(response, { task_id: task.id, status: 'processing', progress });
  }
  const result = { video_url: `http://${host()}/clip/${task.id}` };
  succeed(response, { task_id: task.id, status: 'completed', progress: 100, result });
}

function succeed(response: ServerResponse, data: object): void {
  const body = JSON.stringify({ code: '20000', msg: 'ok', data });
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  const stream: AsyncIterable<Buffer> = request;
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function promptIn(body: string): string {
  const read: unknown = JSON.parse(body);
  const isCreate = typeof read === 'object' && read !== null && 'prompt' in read;
  return isCreate && typeof read.prompt === 'string' ? read.prompt : '';
}
