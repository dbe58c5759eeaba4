import { MEASURES } from '../../domain/ledger/amounts.ts';
import type { Rule } from '../../domain/ledger/rules.ts';

/** Whose rules are asked for. */
export interface RuleBearer {
  readonly id: string;
  /** Undefined: not known, and every role may be one of them. */
  readonly roleIds: readonly string[] | undefined;
}

/** The rules that a decision about this member looks at, by measure: the server's come first. */
export function applicableRules(rules: readonly Rule[], { id, roleIds }: RuleBearer): Rule[] {
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
