/** Far above any count, and short enough to display. */
const MAX_DIGITS = 20;

/**
 * Parses a typed whole number exactly; `undefined` if it is not one or too long. Chinese keyboards
 * type full-width digits.
 */
export function typedWhole(typed: string): bigint | undefined {
  const text = typed.normalize('NFKC').trim();
  return /^\d+$/.test(text) && text.length <= MAX_DIGITS ? BigInt(text) : undefined;
}
