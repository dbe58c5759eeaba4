import { createDeferred } from '../../../simulators/discord/deferred.ts';
import type { LeanTask } from './lean-provider.ts';

/** The most polls that our bot makes at a time. */
const MAX_POLLS = 16;

/** Holds back a provider's answers to polls until enough tasks wait for them. */
export interface Gate {
  /** Holds all polls from now on; resolves when this many wait, or as many as the bot makes at a time. */
  close(tasks: number): Promise<void>;
  /** Answers all held and later polls: everything is finished. */
  open(): void;
  /** Called by the provider for the progress to answer a poll with. */
  readonly progress: (task: LeanTask) => Promise<number>;
}

export function createGate(): Gate {
  const waiting = new Map<string, () => void>();
  let isOpen = true;
  let wanted = 0;
  let full = createDeferred();

  return {
    async close(tasks) {
      isOpen = false;
      wanted = Math.min(tasks, MAX_POLLS);
      full = createDeferred();
      return full.promise;
    },
    open() {
      isOpen = true;
      for (const answer of waiting.values()) answer();
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
