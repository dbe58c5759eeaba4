import type { PageState, Updater } from './page-state.ts';

/** Holds the page's state. */
export interface Store {
  readonly state: () => PageState;
  /** Applies an update; the listener is called once for all updates of the same microtask. */
  readonly change: (update: Updater) => void;
}

/** Creates the store of the page's state. */
export function createStore(first: PageState, listener: (state: PageState) => void): Store {
  let state = first;
  let isScheduled = false;
  return {
    state: () => state,
    change(update) {
      const next = update(state);
      if (next === state) return;
      state = next;
      if (isScheduled) return;
      isScheduled = true;
      queueMicrotask(() => {
        isScheduled = false;
        listener(state);
      });
    },
  };
}
