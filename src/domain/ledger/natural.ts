import { z } from 'zod';

const NATURAL = /^(0|[1-9]\d*)$/;

/**
 * A whole number, never negative: a bigint in memory, a decimal string in JSON. JavaScript numbers
 * lose exactness beyond 2^53, and strings would silently compare and add as text. JSON.stringify
 * throws on a bigint, so a value that bypasses this codec (`z.encode`) is never stored wrong.
 */
export const naturalSchema = z.codec(z.string().regex(NATURAL), z.bigint().nonnegative(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});
