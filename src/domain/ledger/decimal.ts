/** An exact fraction; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

// The length is bounded because people type these: no price needs more, and work stays small.
const DECIMAL = /^(?=.{1,40}$)(0|[1-9]\d*)(?:\.(\d+))?$/;

/** Reads `12`, `0.90` or `0.1400` exactly; undefined for signs, exponents, commas and spaces. */
export function parseDecimal(text: string): Rational | undefined {
  const [matched, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (matched === undefined || whole === undefined) return undefined;
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

/** A whole number as a fraction; throws where the number is none. */
export function wholeNumber(value: number | bigint): Rational {
  return { numerator: BigInt(value), denominator: 1n };
}

/** A number of JSON, zero or more and below 10^21, as it is written: `4.2` is 42/10. */
export function writtenNumber(value: number): Rational {
  const decimal = parseDecimal(String(value)) ?? parseDecimal(value.toFixed(20));
  if (decimal === undefined) throw new Error(`no amount: ${value}`);
  return decimal;
}

/** The sum of two fractions, exact. */
export function add(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** The product of all factors, exact. */
export function multiply(...factors: readonly Rational[]): Rational {
  return factors.reduce(
    (product, factor) => ({
      numerator: product.numerator * factor.numerator,
      denominator: product.denominator * factor.denominator,
    }),
    { numerator: 1n, denominator: 1n },
  );
}

/** Whether the value is not above the other one, exact. */
export function isAtMost(value: Rational, most: Rational): boolean {
  return value.numerator * most.denominator <= most.numerator * value.denominator;
}

/** The least whole number that is not below the fraction; for values that are never negative. */
export function roundUp({ numerator, denominator }: Rational): bigint {
  return (numerator + denominator - 1n) / denominator;
}
