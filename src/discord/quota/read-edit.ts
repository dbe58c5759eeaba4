import { MEASURES } from '../../domain/ledger/amounts.ts';
import type { Measure } from '../../domain/ledger/amounts.ts';
import type { Rule } from '../../domain/ledger/rules.ts';
import type { CommandCall } from '../command.ts';
import type { Edit } from '../options/edit.ts';
import { choiceOption, idOption } from '../options/option-value.ts';
import { grantEdit } from './grant-edit.ts';
import type { Complaint } from './read-limit.ts';
import { readLimit } from './read-limit.ts';
import { readRuleKeys } from './read-rule-key.ts';
import { clearRuleEdit, setRuleEdit } from './rule-edits.ts';
import type { RuleWording } from './rule-edits.ts';

/** A change of limits as requested. */
export type RequestedEdit =
  | { readonly kind: 'edit'; readonly edit: Edit }
  /** The same, with the rule that it sets. */
  | { readonly kind: 'set'; readonly edit: Edit; readonly rule: Rule };

/** What is read of a call. */
type LimitsCall = Pick<CommandCall, 'guildId' | 'group' | 'subcommand' | 'options' | 'rolesOf'>;

/** The requested change, or what is wrong with the request. */
export function readEdit(
  call: LimitsCall,
  nowMs: number,
  wording: RuleWording,
): RequestedEdit | Complaint {
  const { answers } = wording.messages;
  if (call.subcommand === 'grant') return readGrant(call, nowMs, wording);
  if (call.group !== 'set' && call.group !== 'clear') return { complaint: answers.notUnderstood };
  const keys = readRuleKeys(call, wording.messages);
  if ('complaint' in keys) return keys;
  const { first, others } = keys;
  if (call.group === 'clear') {
    return { kind: 'edit', edit: clearRuleEdit([first, ...others], wording) };
  }
  // Only `clear` has an id, which may mean two rules.
  if (others.length > 0) return { complaint: answers.notUnderstood };
  const limit = limitOption(first.measure, 'limit', call, wording);
  if (typeof limit !== 'bigint') return limit;
  const rule = { ...first, limit };
  return { kind: 'set', rule, edit: setRuleEdit(rule, wording) };
}

function readGrant(
  call: LimitsCall,
  nowMs: number,
  wording: RuleWording,
): RequestedEdit | Complaint {
  const { guildId, options, rolesOf } = call;
  const { answers, grants: words } = wording.messages;
  const memberId = idOption(options.get('member'));
  const measure = choiceOption(options.get('measure'), MEASURES);
  if (memberId === undefined || measure === undefined) return { complaint: answers.notUnderstood };
  const amount = limitOption(measure, 'amount', call, wording);
  if (typeof amount !== 'bigint') return amount;
  if (amount === 0n) return { complaint: words.amountZero };
  const roleIds = rolesOf.get(memberId) ?? [];
  const wanted = { guildId, memberId, roleIds, measure, amount, nowMs };
  return { kind: 'edit', edit: grantEdit(wanted, wording) };
}

/** The limit of an option; its complaint also says how an amount of money is limited. */
function limitOption(
  measure: Measure,
  option: 'limit' | 'amount',
  { options }: LimitsCall,
  wording: RuleWording,
): bigint | Complaint {
  const limit = readLimit(measure, options.get(option), wording);
  if (typeof limit === 'bigint') return limit;
  const { grants, quotaCommand: words } = wording.messages;
  const what = measure === 'cost' ? limit.fault : words.limitWholeOrCost;
  return { complaint: grants.wrong(option, what) };
}
