import { setMaxListeners } from 'node:events';

/**
 * Creates a signal that lasts as long as the process. Every running call listens to it, and Node
 * would report more than ten listeners as a leak.
 */
export function createStopSignal(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
