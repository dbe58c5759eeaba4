import { expect, it } from 'vitest';
import { agreedIn } from '../../../src/discord/second/answer-made-already.ts';
import type { AgreedBy } from '../../../src/domain/ledger/agreed-price.ts';

const shown = { kind: 'unknown' } as const;

it.each<[by: AgreedBy, agreedBy: 'choice' | 'quick']>([
  // Above the server's amount, "Make another" asks like the click before.
  ['quick', 'quick'],
  ['choice', 'choice'],
  // The question was about one video.
  ['question', 'choice'],
])('a price that was agreed to by a %s counts for another video as by a %s', (by, agreedBy) => {
  expect(agreedIn({ agreed: { shown, by } })).toEqual({ shown, agreedBy });
});

it('a price that was not agreed to does not count', () => {
  expect(agreedIn({})).toEqual({});
  expect(agreedIn({ agreed: { shown: undefined, by: 'quick' } })).toEqual({});
});
