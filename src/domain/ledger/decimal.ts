/** An exact fraction; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
/** People type these, so the length is bounded; no price needs more. */
const MAX_CHARS = 40;

/** Parses `12`, `0.90` or `0.1400` exactly; `undefined` for signs, exponents, commas and spaces. */
export function parseDecimal(text: string, maxChars = MAX_CHARS): Rational | undefined {
  if (text.length > maxChars) return undefined;
  const [matched, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (matched === undefined || whole === undefined) return undefined;
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

/**
 * Writes a fraction exactly, with no more digits than it takes: `parseDecimal` reads it again. Only
 * for a denominator that is a power of ten, as every decimal, sum and product of decimals has.
 */
export function decimalText({ numerator, denominator }: Rational): string {
  const places = String(denominator).length - 1;
  if (denominator !== 10n ** BigInt(places)) throw new Error(`not a decimal: 1/${denominator}`);
  const digits = String(numerator).padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return places === 0 || fraction === '' ? whole : `${whole}.${fraction}`;
}

/**
 * A decimal with its point moved to the right by so many places, exactly; `undefined` for anything
 * that is no decimal of a price.
 */
export function withPointMoved(text: string, places: number): string | undefined {
  const [matched, whole = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{1,20}))?$/.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const room = '0'.repeat(Math.abs(places));
  const digits = `${room}${whole}${fraction}${room}`;
  const point = room.length + whole.length + places;
  const moved = `${digits.slice(0, point)}.${digits.slice(point)}`;
  return moved.replace(/^0+(?=\d)/, '').replace(/\.?0*$/, '');
}

/** A whole number as a fraction; throws if the number is not whole. */
export function wholeNumber(value: number | bigint): Rational {
  return { numerator: BigInt(value), denominator: 1n };
}

/** A finite JSON number from zero, exactly as written: `4.2` is 42/10, `5e-7` is 5/10,000,000. */
export function writtenNumber(value: number): Rational {
  const [matched, whole = '', fraction = '', exponent = '0'] =
    /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (matched === undefined) throw new Error(`not an amount: ${value}`);
  const numerator = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0
    ? { numerator: numerator * 10n ** BigInt(shift), denominator: 1n }
    : { numerator, denominator: 10n ** BigInt(-shift) };
}

/** The exact sum of two fractions. */
export function add(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** The exact product of all factors. */
export function multiply(...factors: readonly Rational[]): Rational {
  return factors.reduce(
    (product, factor) => ({
      numerator: product.numerator * factor.numerator,
      denominator: product.denominator * factor.denominator,
    }),
    { numerator: 1n, denominator: 1n },
  );
}

/** Whether `value <= max`, compared exactly. */
export function isAtMost(value: Rational, max: Rational): boolean {
  return value.numerator * max.denominator <= max.numerator * value.denominator;
}

/** Rounds a fraction to the nearest whole number, a half up; only for values that are not negative. */
export function roundHalfUp({ numerator, denominator }: Rational): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Rounds a fraction up to a whole number; only for values that are not negative. */
export function roundUp({ numerator, denominator }: Rational): bigint {
  return (numerator + denominator - 1n) / denominator;
}
