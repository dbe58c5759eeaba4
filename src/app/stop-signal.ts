import { setMaxListeners } from 'node:events';

/**
 * A signal that lives as long as the process and that every call under way listens to: Node would
 * take more than ten listeners for a leak.
 */
export function createStopSignal(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
