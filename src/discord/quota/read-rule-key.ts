import { MEASURES } from '../../domain/ledger/amounts.ts';
import { roleSubject } from '../../domain/ledger/rules.ts';
import type { RuleKey, RuleSubject } from '../../domain/ledger/rules.ts';
import { WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { CommandCall } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { choiceOption, idOption } from '../options/option-value.ts';
import type { OptionValue } from '../options/option-value.ts';
import { SHARED_SUBJECTS } from './definition.ts';
import type { Complaint } from './read-limit.ts';

type SubjectOption = 'for' | 'role' | 'member' | 'id';

/**
 * The options that name a subject, by sub-command. `id` is for roles and members that can no longer
 * be picked.
 */
const SUBJECT_OPTIONS: Readonly<Record<'set' | 'clear', readonly SubjectOption[]>> = {
  set: ['for', 'role', 'member'],
  clear: ['for', 'role', 'member', 'id'],
};

/**
 * The rules that the options may refer to: one, or two for an `id`, which may be a role's or a
 * member's.
 */
export interface RuleKeys {
  readonly first: RuleKey;
  readonly others: readonly RuleKey[];
}

export function readRuleKeys(
  { options, guildId }: Pick<CommandCall, 'options' | 'guildId'>,
  subcommand: 'set' | 'clear',
  { quotaCommand: words, answers, units }: Messages,
): RuleKeys | Complaint {
  const measure = choiceOption(options.get('measure'), MEASURES);
  const window = choiceOption(options.get('window'), WINDOW_KINDS);
  if (measure === undefined || window === undefined) return { complaint: answers.notUnderstood };
  const names = SUBJECT_OPTIONS[subcommand];
  const [name, ...others] = names.filter((known) => options.get(known) !== undefined);
  if (name === undefined || others.length > 0) {
    return { complaint: words.oneSubject(units.or(names.map((known) => `\`${known}\``))) };
  }
  const [first, ...rest] = subjectsOf(name, options.get(name), guildId);
  if (first === undefined) {
    return { complaint: name === 'id' ? words.idWrong : answers.notUnderstood };
  }
  const keyOf = (subject: RuleSubject): RuleKey => ({ subject, measure, window });
  return { first: keyOf(first), others: rest.map(keyOf) };
}

/** The subjects that an option's value may refer to; empty if it is malformed. */
function subjectsOf(name: SubjectOption, value: OptionValue, guildId: string): RuleSubject[] {
  if (name === 'for') {
    const shared = choiceOption(value, SHARED_SUBJECTS);
    if (shared === undefined) return [];
    return [{ kind: shared === 'server' ? 'guild' : 'everyone' }];
  }
  const id = idOption(typeof value === 'string' ? value.trim() : value);
  if (id === undefined) return [];
  switch (name) {
    case 'role':
      return [roleSubject(guildId, id)];
    case 'member':
      return [{ kind: 'member', id }];
    case 'id':
      return [roleSubject(guildId, id), { kind: 'member', id }];
  }
}
