import { describe, expect, it } from 'vitest';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import { readCreate } from '../../src/providers/read-create.ts';

/** Whether an answer refuses by a known code or status, so that `auto` may go on. */
function isCoded(status: number, error: object): boolean {
  const text = JSON.stringify({ error });
  const answer = { kind: 'answer', status, body: { kind: 'text', text } } as const;
  const outcome = readCreate(answer, ANYFAST_DIALECT, 'a boat');
  if (outcome.kind !== 'refused') throw new Error(`read as ${outcome.kind}`);
  return outcome.isCoded === true;
}

const SENSITIVE = 'Input text may contain sensitive information: a boat, ModelNotOpen';

describe('a refusal', () => {
  it.each<[string, number, object, boolean]>([
    ['by a decisive code', 400, { code: 'ModelNotOpen', message: 'no' }, true],
    [
      'by a code that its message does not contradict',
      400,
      { code: 'InvalidParameter', message: 'ratio' },
      true,
    ],
    ['by a status alone', 403, { message: 'no' }, true],
    ['by nothing but a type', 400, { type: 'BadRequest', message: 'no' }, false],
    [
      'with an unknown code beside a known type',
      400,
      { type: 'BadRequest', code: 'ContentFilter', message: 'no' },
      false,
    ],
    [
      'with an unknown code at 403',
      403,
      { code: 'content_policy_violation', message: 'no' },
      false,
    ],
    [
      'whose message may quote a code of the prompt',
      400,
      { code: 'InvalidParameter', message: SENSITIVE },
      false,
    ],
    [
      'whose message means the content, whatever its code',
      400,
      { code: 'NotFound', message: SENSITIVE },
      false,
    ],
    ['with the same at 403', 403, { message: SENSITIVE }, false],
  ])('%s', (_what, status, error, expected) => {
    expect(isCoded(status, error)).toBe(expected);
  });
});
