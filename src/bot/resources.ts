import type { Log } from '../app/ports/core.ts';

/** What was opened, to be closed from the last to the first. */
export interface Resources {
  /** Takes over what must be closed at the end. */
  own(name: string, close: () => Promise<unknown>): void;
  /** Closes everything; one that does not close stops no other. */
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
