/** Joins items as a Chinese list of choices: `甲、乙或丙`, with blanks beside Latin words. */
export function listOrZh(items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined) return '';
  const others = items.slice(0, -1);
  const before = others.at(-1);
  if (before === undefined) return last;
  return `${others.join('、')}${gap(before.at(-1))}或${gap(last[0])}${last}`;
}

/** Nothing beside a Chinese character, a blank beside any other. */
function gap(neighbour: string | undefined): string {
  return neighbour !== undefined && /\p{Script=Han}/u.test(neighbour) ? '' : ' ';
}
