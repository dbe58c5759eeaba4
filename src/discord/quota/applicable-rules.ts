import { MEASURES } from '../../domain/ledger/amounts.ts';
import type { Rule } from '../../domain/ledger/rules.ts';

/** A member whose rules are listed. */
export interface LimitedMember {
  readonly id: string;
  /** `undefined` if unknown: the member may have any role. */
  readonly roleIds: readonly string[] | undefined;
}

/** The rules that apply to this member, by measure; the server's rules come first. */
export function applicableRules(rules: readonly Rule[], { id, roleIds }: LimitedMember): Rule[] {
  return MEASURES.flatMap((measure) => {
    const of = (kind: Rule['subject']['kind']): Rule[] =>
      rules.filter((rule) => rule.measure === measure && rule.subject.kind === kind);
    const own = of('member').filter(({ subject }) => 'id' in subject && subject.id === id);
    if (own.length > 0) return [...of('guild'), ...own];
    if (roleIds === undefined) return [...of('guild'), ...of('role'), ...of('everyone')];
    const byRole = of('role').filter(
      ({ subject }) => 'id' in subject && roleIds.includes(subject.id),
    );
    return [...of('guild'), ...(byRole.length > 0 ? byRole : of('everyone'))];
  });
}
