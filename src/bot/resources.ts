import type { Log } from '../app/ports/core.ts';

/** Opened resources, closed in reverse order. */
export interface Resources {
  /** Registers a resource to be closed at the end. */
  own(name: string, close: () => Promise<unknown>): void;
  /** Closes everything. A failure does not stop the others from closing. */
  closeAll(): Promise<void>;
}

export function createResources(log: Log): Resources {
  const opened: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];
  return {
    own(name, close) {
      opened.push({ name, close });
    },
    async closeAll() {
      for (const { name, close } of opened.splice(0).toReversed()) {
        try {
          await close();
        } catch (cause) {
          log.warn({ err: cause, resource: name }, 'not closed cleanly');
        }
      }
    },
  };
}
