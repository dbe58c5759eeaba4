import type { Usage } from '../app/ports/provider-port.ts';
import { valueAt } from './read-answer.ts';

/** Replaces a number that is too long to read; more tokens than any video needs. */
const UNREADABLY_LARGE = 10n ** 40n;
const MAX_DIGITS = 40;

/**
 * Reads the tokens that a provider bills: `completion_tokens`, or `total_tokens` if it is missing;
 * `undefined` when there is neither, or when the value is not a number.
 */
export function readUsage(value: unknown): Usage | undefined {
  const billed = ['completion_tokens', 'total_tokens']
    .map((name) => valueAt(value, name))
    .find((tokens) => tokens !== undefined && tokens !== null && readTokens(tokens) !== 0n);
  const completionTokens = readTokens(billed);
  return completionTokens === undefined ? undefined : { completionTokens };
}

/** Reads a number, or decimal digits as text, rounded up; `undefined` for anything else. */
function readTokens(value: unknown): bigint | undefined {
  if (typeof value === 'number') return readNumber(value);
  return typeof value === 'string' ? readDigits(value.trim()) : undefined;
}

function readNumber(value: number): bigint | undefined {
  if (Number.isNaN(value) || value < 0) return undefined;
  // JSON.parse reads a number that is too large, such as 1e999, as Infinity.
  return value === Infinity ? UNREADABLY_LARGE : BigInt(Math.ceil(value));
}

function readDigits(text: string): bigint | undefined {
  const [matched, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const digits = whole.replace(/^0+/, '');
  if (digits.length > MAX_DIGITS) return UNREADABLY_LARGE;
  return BigInt(digits) + (/[1-9]/.test(fraction) ? 1n : 0n);
}
