import { keepNewest } from '../../keep-newest.ts';

/** The newest items of one kind, and who hears of each. */
export interface Feed<Item> {
  readonly items: readonly Item[];
  /** Adds the item, or puts it in the place of the one with the same key. */
  put(item: Item): void;
}

export function createFeed<Item>(options: {
  readonly most: number;
  readonly keyOf: (item: Item) => string | number;
  readonly publish: (item: Item) => void;
}): Feed<Item> {
  const { most, keyOf, publish } = options;
  const items: Item[] = [];
  return {
    items,
    put(item) {
      const key = keyOf(item);
      const at = items.findLastIndex((one) => keyOf(one) === key);
      if (at === -1) items.push(item);
      else items[at] = item;
      keepNewest(items, most);
      publish(item);
    },
  };
}
