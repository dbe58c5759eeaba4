import { keepNewest } from '../../../simulators/discord/keep-newest.ts';

/** The newest items of one kind; each change is published. */
export interface Feed<Item> {
  readonly items: readonly Item[];
  /** Adds the item, or replaces the one with the same key. */
  put(item: Item): void;
}

/** Returns an empty feed that keeps at most `max` items. */
export function createFeed<Item>(options: {
  readonly max: number;
  readonly keyOf: (item: Item) => string | number;
  readonly publish: (item: Item) => void;
}): Feed<Item> {
  const { max, keyOf, publish } = options;
  const items: Item[] = [];
  return {
    items,
    put(item) {
      const key = keyOf(item);
      const at = items.findLastIndex((each) => keyOf(each) === key);
      if (at === -1) items.push(item);
      else items[at] = item;
      keepNewest(items, max);
      publish(item);
    },
  };
}
