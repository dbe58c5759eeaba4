/**
 * A key as Postgres takes it, which has no NUL in a text. The order of keys stays: NUL becomes two
 * characters that begin with U+0001, and U+0001 itself two that sort behind them.
 */
export function keyText(key: string): string {
  return key.includes(ONE) || key.includes(NUL)
    ? key.replaceAll(ONE, `${ONE}${TWO}`).replaceAll(NUL, `${ONE}${ONE}`)
    : key;
}

/** The key that `keyText` made this of. */
export function keyOf(text: string): string {
  return text.includes(ONE)
    ? text.replaceAll(`${ONE}${ONE}`, NUL).replaceAll(`${ONE}${TWO}`, ONE)
    : text;
}

const NUL = '\0';
const ONE = '\u0001';
const TWO = '\u0002';
