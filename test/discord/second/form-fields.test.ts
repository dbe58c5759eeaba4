import { expect, it } from 'vitest';
import { isEditable } from '../../../src/discord/second/form-fields.ts';

it.each([
  ['4,000 letters', 'a'.repeat(4000), true],
  ['4,001 letters', 'a'.repeat(4001), false],
  ['4,000 characters of two units each', '🦊'.repeat(4000), true],
  ['4,001 of them', '🦊'.repeat(4001), false],
])('a prompt of %s fits into a form, or not', (_what, prompt, fits) => {
  expect(isEditable({ prompt })).toBe(fits);
});
