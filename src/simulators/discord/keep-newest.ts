/** Removes the first items of a list until `maxItems` are left. */
export function keepNewest(list: unknown[], maxItems: number): void {
  if (list.length > maxItems) list.splice(0, list.length - maxItems);
}

/** Removes the entries that were set first until `maxItems` are left. */
export function keepNewestEntries<Key>(map: Map<Key, unknown>, maxItems: number): void {
  for (const key of map.keys()) {
    if (map.size <= maxItems) return;
    map.delete(key);
  }
}
