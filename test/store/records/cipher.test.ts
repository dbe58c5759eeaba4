import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCipher } from '../../../src/store/records/cipher.ts';

const cipher = createCipher(randomBytes(32));

describe('what is sealed', () => {
  it('is opened by its key and owner as it was, and by no other', () => {
    const other = createCipher(randomBytes(32));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, owner, thief) => {
        const sealed = cipher.seal(text, owner);
        expect(cipher.open(sealed, owner)).toBe(text);
        expect(other.open(sealed, owner)).toBeUndefined();
        fc.pre(thief !== owner);
        expect(cipher.open(sealed, thief)).toBeUndefined();
      }),
    );
  });

  it('does not show the text, and never looks the same twice', () => {
    const text = 'the prompt that nobody may read';
    const sealed = cipher.seal(text, 'task');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('prompt');
    expect(cipher.seal(text, 'task')).not.toBe(sealed);
  });

  it('has a nonce of its own, however many are sealed', () => {
    // The first twelve bytes, in base64.
    const nonces = Array.from({ length: 2000 }, () => cipher.seal('text', 'task').slice(0, 16));
    expect(new Set(nonces).size).toBe(2000);
  });

  it('is not opened where one bit was changed, whatever else it is', () => {
    const bytes = Buffer.from(cipher.seal('text', 'task'), 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(cipher.open(changed.toString('base64'), 'task')).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (nonsense) => {
        expect(cipher.open(nonsense, 'task')).toBeUndefined();
      }),
    );
  });
});
