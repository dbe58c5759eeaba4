import type { PageState, Step } from './page-state.ts';

export interface Store {
  readonly state: () => PageState;
  /** Makes a step and tells the listener, once for all steps of the same turn of the event loop. */
  readonly change: (step: Step) => void;
}

/** Holds the one state of the page. */
export function createStore(first: PageState, listener: (state: PageState) => void): Store {
  let state = first;
  let isTold = true;
  return {
    state: () => state,
    change(step) {
      const next = step(state);
      if (next === state) return;
      state = next;
      if (!isTold) return;
      isTold = false;
      queueMicrotask(() => {
        isTold = true;
        listener(state);
      });
    },
  };
}
