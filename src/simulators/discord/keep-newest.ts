/** Takes the oldest away until `most` are left. */
export function keepNewest(list: unknown[], most: number): void {
  if (list.length > most) list.splice(0, list.length - most);
}

/** The same for a map, whose oldest entries are those that were set first. */
export function keepNewestOf<Key>(map: Map<Key, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
