import { z } from 'zod';

const NATURAL = /^(0|[1-9]\d*)$/;

/**
 * A whole number that is never negative: a bigint in memory, a decimal string in JSON.
 * Numbers would lose exactness beyond 2^53; strings everywhere would compare and add as text without
 * a word. A bigint does neither, and one that is written without this codec (`z.encode`, or
 * `naturalsAsText`) fails loudly in JSON.stringify instead of being stored wrong.
 */
export const naturalSchema = z.codec(z.string().regex(NATURAL), z.bigint().nonnegative(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

/**
 * A record as `z.encode` would write it, without walking its schema once more: what is written with
 * every step of a task was parsed when it came in. Tests hold the two together.
 */
export function naturalsAsText(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(naturalsAsText);
  const text: Record<string, unknown> = {};
  // Not `fromEntries`: an account alone has seventeen objects in it, and three are written at once.
  for (const [name, of] of Object.entries(value)) text[name] = naturalsAsText(of);
  return text;
}
