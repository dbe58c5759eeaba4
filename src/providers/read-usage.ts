import type { Usage } from '../app/ports/provider-port.ts';
import { valueAt } from './read-answer.ts';

/** More tokens than any video takes; what stands for a number that is too long to be read. */
const BEYOND_BELIEF = 10n ** 40n;
const MAX_DIGITS = 40;

/**
 * The tokens that a provider bills: `completion_tokens`, or `total_tokens` where that alone is told.
 * Undefined where neither is, or what is told is no number.
 */
export function readUsage(value: unknown): Usage | undefined {
  const told = ['completion_tokens', 'total_tokens']
    .map((name) => valueAt(value, name))
    .find((tokens) => tokens !== undefined && tokens !== null && readTokens(tokens) !== 0n);
  const completionTokens = readTokens(told);
  return completionTokens === undefined ? undefined : { completionTokens };
}

/** A number, or digits with an optional fraction as text, rounded up; undefined for anything else. */
function readTokens(value: unknown): bigint | undefined {
  if (typeof value === 'number') return readNumber(value);
  return typeof value === 'string' ? readDigits(value.trim()) : undefined;
}

function readNumber(value: number): bigint | undefined {
  if (Number.isNaN(value) || value < 0) return undefined;
  // JSON may write a number that none of ours can hold: 1e999 is read as infinite.
  return value === Infinity ? BEYOND_BELIEF : BigInt(Math.ceil(value));
}

function readDigits(text: string): bigint | undefined {
  const [matched, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const digits = whole.replace(/^0+/, '');
  if (digits.length > MAX_DIGITS) return BEYOND_BELIEF;
  return BigInt(digits) + (/[1-9]/.test(fraction) ? 1n : 0n);
}
