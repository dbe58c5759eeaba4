/** Pages that are counted as they go by. */
export interface CountedItems<T> {
  readonly pages: AsyncIterable<readonly T[]>;
  /** How many items have gone by. */
  readonly count: () => number;
}

export function countedItems<T>(pages: AsyncIterable<readonly T[]>): CountedItems<T> {
  let count = 0;
  async function* counted(): AsyncGenerator<readonly T[]> {
    for await (const page of pages) {
      count += page.length;
      yield page;
    }
  }
  return { pages: counted(), count: () => count };
}

/** Goes through all pages for their number of items alone. */
export async function countItems<T>(pages: AsyncIterable<readonly T[]>): Promise<number> {
  let count = 0;
  for await (const page of pages) count += page.length;
  return count;
}
