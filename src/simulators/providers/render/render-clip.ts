import { Worker } from 'node:worker_threads';

import { z } from 'zod';

import type { ClipRequest } from './clip-request.ts';

const answerSchema = z.union([
  z.object({ clip: z.instanceof(Uint8Array) }),
  z.object({ fault: z.string() }),
]);

/** Draws clips outside the event loop, a few at a time and in the order of the calls. */
export interface Renderer {
  readonly render: (request: ClipRequest) => Promise<Uint8Array>;
  /** Stops all drawing; waiting calls are rejected. */
  readonly close: () => Promise<void>;
}

/** Creates a renderer with at most `maxThreads` threads, one for each clip that is drawn. */
export function createRenderer({ maxThreads = 1 }: { maxThreads?: number } = {}): Renderer {
  const running = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let closed = false;

  const startNext = (): void => {
    while (running.size < maxThreads) {
      const start = waiting.shift();
      if (start === undefined) return;
      start();
    }
  };

  return {
    render: (request) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          if (closed) {
            reject(new Error('The renderer is closed'));
            return;
          }
          const worker = startWorker(request);
          running.add(worker);
          void clipFrom(worker)
            .then(resolve, reject)
            .finally(() => {
              running.delete(worker);
              startNext();
            });
        });
        startNext();
      }),
    close: async () => {
      closed = true;
      for (const refuse of waiting.splice(0)) refuse();
      await Promise.all(Array.from(running, (worker) => worker.terminate()));
    },
  };
}

/** Renders one clip to an H.264 mp4 in a new thread. */
export async function renderClip(request: ClipRequest): Promise<Uint8Array> {
  return clipFrom(startWorker(request));
}

function startWorker(request: ClipRequest): Worker {
  // Without system fonts, a clip looks the same on every machine.
  const options = { workerData: request, env: { DISABLE_SYSTEM_FONTS_LOAD: '1' }, execArgv: [] };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('worker.js', import.meta.url), options);
  }
  // In tests the thread runs from source and needs a TypeScript loader. Node 20 ignores `--import` in threads.
  const loader = import.meta.resolve('tsx/esm/api');
  const file = new URL('worker.ts', import.meta.url);
  const start = `import('${loader}').then(({ register }) => { register(); return import('${file.href}'); });`;
  return new Worker(start, { ...options, eval: true });
}

function clipFrom(worker: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: unknown) => {
      const answer = answerSchema.parse(message);
      if ('clip' in answer) resolve(answer.clip);
      else reject(new Error(answer.fault));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The renderer stopped before the clip was ready')));
  });
}
