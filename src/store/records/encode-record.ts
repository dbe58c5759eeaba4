/**
 * Encodes a record of ours as JSON: amounts, the only values in it that JSON cannot carry, become
 * their digits, and `undefined` fields are left out. The same output as `z.encode` with the record's
 * schema, without checking again what the program itself made; what is read is checked.
 *
 * Throws on a negative amount, which no schema would read again.
 */
export function encodeRecord(value: unknown): unknown {
  if (typeof value === 'bigint') return digitsOf(value);
  if (Array.isArray(value)) return value.map(encodeRecord);
  if (typeof value !== 'object' || value === null) return value;
  const encoded: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined) encoded[key] = encodeRecord(field);
  }
  return encoded;
}

function digitsOf(amount: bigint): string {
  if (amount < 0n) throw new RangeError(`an amount is negative: ${amount}`);
  return amount.toString();
}
