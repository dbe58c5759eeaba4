/** Removes the oldest entries until `maxCount` are left. */
export function keepNewest(list: unknown[], maxCount: number): void {
  if (list.length > maxCount) list.splice(0, list.length - maxCount);
}
