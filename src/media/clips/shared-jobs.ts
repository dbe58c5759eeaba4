import { createJobQueue } from './job-queue.ts';

/** Work with a result, done once for all who ask for it at the same time, and one after the other. */
export interface SharedJobs<T> {
  /** Joins the work that has this key, or adds it; `undefined` where too much waits already. */
  do(key: string, work: () => Promise<T>): Promise<T | undefined>;
  /** Resolves when nothing is being done. */
  settled(): Promise<void>;
}

/** Creates the list of work, which must not reject. `maxWaiting` wait behind what is being done. */
export function createSharedJobs<T>(maxWaiting: number): SharedJobs<T> {
  const queue = createJobQueue(maxWaiting);
  const results = new Map<string, Promise<T | undefined>>();

  async function add(key: string, work: () => Promise<T>): Promise<T | undefined> {
    const result = new Promise<T | undefined>((resolve) => {
      const isAdded = queue.add(async () => resolve(await work()));
      if (!isAdded) resolve(undefined);
    }).finally(() => results.delete(key));
    results.set(key, result);
    return result;
  }

  return {
    do: async (key, work) => results.get(key) ?? add(key, work),
    settled: async () => queue.settled(),
  };
}
