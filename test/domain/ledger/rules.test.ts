import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clearRule, roleSubject, ruleSchema, setRule } from '../../../src/domain/ledger/rules.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';

const rule: Rule = {
  subject: { kind: 'role', id: 'r1' },
  measure: 'videos',
  window: 'day',
  limit: 5n,
};

const others: Rule[] = [
  { ...rule, subject: { kind: 'role', id: 'r2' } },
  { ...rule, subject: { kind: 'member', id: 'r1' } },
  { ...rule, subject: { kind: 'everyone' } },
  { ...rule, subject: { kind: 'guild' } },
  { ...rule, measure: 'seconds' },
  { ...rule, window: 'week' },
];

describe('a rule', () => {
  it('that is set again replaces its limit and nothing else', () => {
    const again = { ...rule, limit: 7n };
    expect(setRule([rule, ...others], again)).toEqual([...others, again]);
  });

  it('that is cleared leaves the others', () => {
    expect(clearRule([rule, ...others], { ...rule })).toEqual(others);
  });

  it('of a role with the guild’s own id is everyone’s', () => {
    expect(roleSubject('g1', 'g1')).toEqual({ kind: 'everyone' });
    expect(roleSubject('g1', 'r1')).toEqual({ kind: 'role', id: 'r1' });
  });

  it('survives the store with its limit exact', () => {
    const large = { ...rule, limit: 2n ** 63n };
    const stored = JSON.stringify(z.encode(ruleSchema, large));
    expect(ruleSchema.parse(JSON.parse(stored))).toEqual(large);
  });

  it.each([
    { ...rule, limit: '-1' },
    { ...rule, limit: 5 },
    { ...rule, limit: '5', window: 'year' },
    { ...rule, limit: '5', measure: 'tokens' },
    { ...rule, limit: '5', subject: { kind: 'role' } },
  ])('is not %j', (stored) => {
    expect(ruleSchema.safeParse(stored).success).toBe(false);
  });
});
