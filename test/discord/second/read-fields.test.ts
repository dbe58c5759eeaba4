import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { DURATION_MAX_CHARS, durationField } from '../../../src/discord/second/form-fields.ts';
import { readDuration } from '../../../src/discord/second/read-fields.ts';
import { formFields } from './form-entry.ts';

const read = (duration: string | boolean) => readDuration(formFields({ duration }));

describe('the length in a form', () => {
  it.each([
    ['7', 7],
    [' 12 ', 12],
    ['１０', 10],
    ['007', 7],
    ['99', 99],
    ['9999999999', 9_999_999_999],
  ])('%j is one', (typed, durationSeconds) => {
    expect(read(typed)).toEqual({ durationSeconds });
  });

  it.each(['abc', '0', '00', '-5', '+5', '5.5', '5,0', '1e1', '5 s', '0x10', 'Infinity', '٥'])(
    '%j is none, and is kept',
    (typed) => {
      expect(read(typed)).toEqual({ typedDuration: typed });
    },
  );

  it.each(['', '  ', true])('%j is nothing', (typed) => {
    expect(read(typed)).toEqual({});
  });

  it.each(['9'.repeat(11), '9'.repeat(5000), 'far too long', '👩‍👩‍👧‍👦'.repeat(9)])(
    'a forged one that the field does not take is cut to what it takes: %j',
    (typed) => {
      const { typedDuration = '', durationSeconds } = read(typed);
      expect(durationSeconds).toBeUndefined();
      expect(typedDuration.length).toBeLessThanOrEqual(DURATION_MAX_CHARS);
      // Half a character would not be well-formed.
      expect(() => encodeURIComponent(typedDuration)).not.toThrow();
      const field = durationField(typedDuration, messagesFor('en'));
      expect(field.component).toMatchObject({ value: typedDuration });
    },
  );
});
