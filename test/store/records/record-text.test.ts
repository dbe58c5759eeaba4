import * as fc from 'fast-check';
import { Keyv } from 'keyv';
import { describe, expect, it } from 'vitest';
import { readRecord, writeRecordText } from '../../../src/store/records/record-text.ts';

const { serialize, deserialize } = new Keyv();

/** Texts as they are, and such as Keyv escapes. */
const text = fc.oneof(
  fc.string(),
  fc.constantFrom(':', '::', ':base64:', ':base64:aGk=', ',":', '[":', '":', 'a:"'),
);
const anyRecord = fc
  .letrec((tie) => ({
    value: fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  }))
  .value.map((value) => ({ value }));

describe('the text of a record', () => {
  it('is what Keyv writes', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(writeRecordText(record)).toBe(serialize?.(record));
      }),
    );
  });

  it('is read as Keyv reads it', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const written: unknown = serialize?.(record);
        if (typeof written !== 'string') throw new Error('Keyv writes texts');
        expect(readRecord(written)).toEqual(deserialize?.(written));
      }),
    );
  });

  it.each(['', '{', 'not JSON', '5', '"text"', 'null'])(
    'is kept where it is no record: %j',
    (damaged) => {
      expect(readRecord(damaged)).toEqual({ value: damaged });
    },
  );
});
