import { parentPort, workerData } from 'node:worker_threads';

import { clipRequestSchema } from './clip-request.ts';
import { drawClip } from './draw-clip.ts';

// The whole life of one drawing thread: its request comes with the start, its answer is one message.
async function answer(request: unknown): Promise<{ clip: Uint8Array } | { fault: string }> {
  try {
    return { clip: await drawClip(clipRequestSchema.parse(request)) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

// A thread's port, not a window's: it has no target origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(await answer(workerData));
