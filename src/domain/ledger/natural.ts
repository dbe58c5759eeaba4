import { z } from 'zod';

const NATURAL = /^(0|[1-9]\d*)$/;

/**
 * A whole number that is never negative: a bigint in memory, a decimal string in JSON.
 * Numbers would lose exactness beyond 2^53; strings everywhere would compare and add as text without
 * a word. A bigint does neither, and one that is written without this codec (`z.encode`) fails loudly
 * in JSON.stringify instead of being stored wrong.
 */
export const naturalSchema = z.codec(z.string().regex(NATURAL), z.bigint().nonnegative(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});
