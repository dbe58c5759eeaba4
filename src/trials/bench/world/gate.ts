import { createDeferred } from '../../../simulators/discord/deferred.ts';
import type { LeanTask } from './lean-provider.ts';

/** A bot of ours makes so many looks at a time. */
const MAX_POLLS = 16;

/** Holds a provider's answers until enough tasks wait for them. */
export interface Gate {
  /** From here on looks wait. Resolves when so many tasks are looked at, or as many as can be at once. */
  shut(tasks: number): Promise<void>;
  /** Lets all looks go, and those that follow: everything is finished. */
  open(): void;
  /** For the provider: the progress that a look is told. */
  readonly progress: (task: LeanTask) => Promise<number>;
}

export function createGate(): Gate {
  const waiting = new Map<string, () => void>();
  let isOpen = true;
  let wanted = 0;
  let full = createDeferred();

  return {
    async shut(tasks) {
      isOpen = false;
      wanted = Math.min(tasks, MAX_POLLS);
      full = createDeferred();
      return full.promise;
    },
    open() {
      isOpen = true;
      for (const go of waiting.values()) go();
      waiting.clear();
    },
    async progress({ id }) {
      if (isOpen) return 100;
      const opened = createDeferred();
      waiting.set(id, opened.resolve);
      if (waiting.size >= wanted) full.resolve();
      await opened.promise;
      return 100;
    },
  };
}
