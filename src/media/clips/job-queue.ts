/** Work that is done one after the other, in the order in which it came. */
export interface JobQueue {
  /** Adds work, which must not reject; `false` where too much waits already. */
  add(job: () => Promise<void>): boolean;
  /** Whether too much waits for another one. */
  isFull(): boolean;
  /** Resolves when nothing is being done and nothing waits. */
  settled(): Promise<void>;
}

/** Creates a queue in which `maxWaiting` wait behind the one that is being done. */
export function createJobQueue(maxWaiting: number): JobQueue {
  let last = Promise.resolve();
  let count = 0;
  const isFull = (): boolean => count > maxWaiting;
  return {
    isFull,
    add(job) {
      if (isFull()) return false;
      count += 1;
      last = last.then(job).finally(() => {
        count -= 1;
      });
      return true;
    },
    async settled() {
      for (let done: unknown; done !== last;) {
        done = last;
        await done;
      }
    },
  };
}
