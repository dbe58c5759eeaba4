/** Takes the oldest away until `most` are left. */
export function keepNewest(list: unknown[], most: number): void {
  if (list.length > most) list.splice(0, list.length - most);
}
