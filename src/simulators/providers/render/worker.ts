import { parentPort, workerData } from 'node:worker_threads';

import { clipRequestSchema } from './clip-request.ts';
import { drawClip } from './draw-clip.ts';

// A drawing thread handles one request, which it gets at its start, and answers with one message.
async function answer(request: unknown): Promise<{ clip: Uint8Array } | { fault: string }> {
  try {
    return { clip: await drawClip(clipRequestSchema.parse(request)) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(await answer(workerData));
