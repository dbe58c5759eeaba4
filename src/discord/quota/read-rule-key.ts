import { MEASURES } from '../../domain/ledger/amounts.ts';
import { roleSubject } from '../../domain/ledger/rules.ts';
import type { RuleKey, RuleSubject } from '../../domain/ledger/rules.ts';
import { WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { CommandCall } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { choiceOption, idOption } from '../options/option-value.ts';
import { CLEARED_TARGETS } from './definition.ts';
import type { ClearedTarget } from './definition.ts';
import type { Complaint } from './read-limit.ts';

/**
 * The rules that a sub-command may refer to: one, or two for an `id`, which may be a role's or a
 * member's.
 */
export interface RuleKeys {
  readonly first: RuleKey;
  readonly others: readonly RuleKey[];
}

export function readRuleKeys(
  { options, guildId, subcommand }: Pick<CommandCall, 'options' | 'guildId' | 'subcommand'>,
  { quotaCommand: words, answers }: Messages,
): RuleKeys | Complaint {
  const target = choiceOption(subcommand, CLEARED_TARGETS);
  const measure = choiceOption(options.get('measure'), MEASURES);
  const window = choiceOption(options.get('window'), WINDOW_KINDS);
  if (target === undefined || measure === undefined || window === undefined) {
    return { complaint: answers.notUnderstood };
  }
  const [first, ...rest] = subjectsOf(target, options, guildId);
  if (first === undefined) {
    return { complaint: target === 'id' ? words.idWrong : answers.notUnderstood };
  }
  const keyOf = (subject: RuleSubject): RuleKey => ({ subject, measure, window });
  return { first: keyOf(first), others: rest.map(keyOf) };
}

/** The subjects that are meant; empty if the option is malformed. */
function subjectsOf(
  target: ClearedTarget,
  options: CommandCall['options'],
  guildId: string,
): RuleSubject[] {
  if (target === 'everyone') return [{ kind: 'everyone' }];
  if (target === 'server') return [{ kind: 'guild' }];
  const given = options.get(target);
  const id = idOption(typeof given === 'string' ? given.trim() : given);
  if (id === undefined) return [];
  switch (target) {
    case 'role':
      return [roleSubject(guildId, id)];
    case 'member':
      return [{ kind: 'member', id }];
    case 'id':
      return [roleSubject(guildId, id), { kind: 'member', id }];
  }
}
