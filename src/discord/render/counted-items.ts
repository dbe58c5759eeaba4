/** Pages of which the items that count are counted as they go by. */
export interface CountedItems<T> {
  readonly pages: AsyncIterable<readonly T[]>;
  /** How many of them have gone by. */
  readonly count: () => number;
}

type Counts<T> = (item: T) => boolean;
const all = (): boolean => true;

export function countedItems<T>(
  pages: AsyncIterable<readonly T[]>,
  counts: Counts<T> = all,
): CountedItems<T> {
  let count = 0;
  async function* counted(): AsyncGenerator<readonly T[]> {
    for await (const page of pages) {
      count += page.filter(counts).length;
      yield page;
    }
  }
  return { pages: counted(), count: () => count };
}

/** Goes through all pages for the number of items that count. */
export async function countItems<T>(
  pages: AsyncIterable<readonly T[]>,
  counts: Counts<T> = all,
): Promise<number> {
  let count = 0;
  for await (const page of pages) count += page.filter(counts).length;
  return count;
}
