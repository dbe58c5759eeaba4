import type { Measure } from './amounts.ts';
import { roleSubject } from './rules.ts';
import type { Rule } from './rules.ts';

/** A member of a guild, with their roles. */
export interface RuledMember {
  readonly id: string;
  readonly roleIds: readonly string[];
}

/**
 * The rules of a measure that hold for a member besides the server's: their own; without any, those
 * of their roles; without any, those for everyone.
 */
export function personalRules(
  guildId: string,
  rules: readonly Rule[],
  measure: Measure,
  { id, roleIds }: RuledMember,
): Rule[] {
  const those = (isMeant: (subject: Rule['subject']) => boolean): Rule[] =>
    rules.filter((rule) => rule.measure === measure && isMeant(rule.subject));
  const own = those((subject) => subject.kind === 'member' && subject.id === id);
  if (own.length > 0) return own;
  const ofRoles = those(
    (subject) => subject.kind === 'role' && subject.id !== guildId && roleIds.includes(subject.id),
  );
  return ofRoles.length > 0 ? ofRoles : those((subject) => isEveryone(guildId, subject));
}

/** Discord's @everyone role has the guild's own id; a rule may be stored under either. */
function isEveryone(guildId: string, subject: Rule['subject']): boolean {
  if (subject.kind === 'role') return roleSubject(guildId, subject.id).kind === 'everyone';
  return subject.kind === 'everyone';
}
