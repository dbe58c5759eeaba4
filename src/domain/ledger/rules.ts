import { z } from 'zod';
import { MEASURES } from './amounts.ts';
import { naturalSchema } from './natural.ts';
import { WINDOW_KINDS } from './windows.ts';

/**
 * Whom a rule applies to. The guild's limit is shared; all others count for each member separately.
 */
const ruleSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('guild') }),
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({ kind: z.literal('role'), id: z.string().min(1) }),
  z.strictObject({ kind: z.literal('member'), id: z.string().min(1) }),
]);
export type RuleSubject = z.output<typeof ruleSubjectSchema>;

/** A quota: at most `limit` of a measure per window. 0 means not allowed. */
export const ruleSchema = z.strictObject({
  subject: ruleSubjectSchema,
  measure: z.enum(MEASURES),
  window: z.enum(WINDOW_KINDS),
  /** Videos, seconds, or micros for `cost`. */
  limit: naturalSchema,
});
export type Rule = Readonly<z.output<typeof ruleSchema>>;

/** Identifies a rule: everything but its limit. */
export type RuleKey = Omit<Rule, 'limit'>;

/** The subject for a picked role. The role with the guild's own id is @everyone. */
export function roleSubject(guildId: string, roleId: string): RuleSubject {
  return roleId === guildId ? { kind: 'everyone' } : { kind: 'role', id: roleId };
}

/** Adds a rule, or replaces the one with the same subject, measure and window. */
export function setRule(rules: readonly Rule[], rule: Rule): Rule[] {
  return [...clearRule(rules, rule), rule];
}

/** Removes the rule with this subject, measure and window. */
export function clearRule(rules: readonly Rule[], key: RuleKey): Rule[] {
  return rules.filter((rule) => !isSameKey(rule, key));
}

function isSameKey(a: RuleKey, b: RuleKey): boolean {
  return a.measure === b.measure && a.window === b.window && isSameSubject(a.subject, b.subject);
}

function isSameSubject(a: RuleSubject, b: RuleSubject): boolean {
  return a.kind === b.kind && subjectId(a) === subjectId(b);
}

function subjectId(subject: RuleSubject): string | undefined {
  return 'id' in subject ? subject.id : undefined;
}
