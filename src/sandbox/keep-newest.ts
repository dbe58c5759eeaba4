/** Removes the oldest items from the front until at most `max` remain. */
export function keepNewest(list: unknown[], max: number): void {
  if (list.length > max) list.splice(0, list.length - max);
}
