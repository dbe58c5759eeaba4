/** Joins items as an English list: `a, b and c`. */
export function listEn(items: readonly string[], word: string): string {
  const last = items.at(-1);
  if (last === undefined) return '';
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}
