import type { SettingsProposal } from '../../domain/guild-settings.ts';
import type { Measure } from '../../domain/ledger/amounts.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { roleSubject } from '../../domain/ledger/rules.ts';
import type { Rule, RuleSubject } from '../../domain/ledger/rules.ts';
import type { WindowKind } from '../../domain/ledger/windows.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { ModalCall } from '../command.ts';
import { readLimit } from '../quota/read-limit.ts';
import type { Complaint, LimitFault } from '../quota/read-limit.ts';
import type { RuleWording } from '../quota/rule-edits.ts';
import { fieldLabel } from './setup-form.ts';
import { fieldsOf } from './templates.ts';
import type { SetupField, Template } from './templates.ts';

/** What a form proposes. */
export type Proposed = Pick<SettingsProposal, 'rules' | 'confirmAbove'>;

const LIMITS: Readonly<
  Partial<Record<SetupField, { readonly measure: Measure; readonly window: WindowKind }>>
> = {
  everyone: { measure: 'videos', window: 'day' },
  roleLimit: { measure: 'videos', window: 'day' },
  everyoneCost: { measure: 'cost', window: 'month' },
  serverCost: { measure: 'cost', window: 'month' },
  serverVideos: { measure: 'videos', window: 'month' },
};

/** Reads a form that was sent; everything in it is from outside. Empty fields set nothing. */
export function readSetup(
  call: Pick<ModalCall, 'guildId' | 'entered' | 'chosen'>,
  template: Template,
  wording: RuleWording,
): Proposed | Complaint {
  const { messages, currency } = wording;
  const rules: Rule[] = [];
  let confirmAbove: Micros | undefined;
  for (const { field } of fieldsOf(template, currency !== undefined)) {
    const typed = textOf(call.entered.get(field));
    if (field === 'role' || typed === '') continue;
    const read =
      field === 'confirmAbove'
        ? readLimit('cost', typed, wording)
        : readRule(call, field, typed, wording);
    if (typeof read === 'object' && 'fault' in read) {
      const label = fieldLabel(field, currency, messages);
      return { complaint: messages.setup.fault(label, read.fault) };
    }
    if (typeof read === 'bigint') confirmAbove = read;
    else rules.push(read);
  }
  const isEmpty = rules.length === 0 && confirmAbove === undefined;
  if (isEmpty) return { complaint: messages.setup.nothing };
  return { rules, ...(confirmAbove === undefined ? {} : { confirmAbove }) };
}

function readRule(
  call: Pick<ModalCall, 'guildId' | 'chosen'>,
  field: SetupField,
  typed: string,
  wording: RuleWording,
): Rule | LimitFault {
  const place = LIMITS[field];
  const subject = subjectOf(call, field);
  if (place === undefined || subject === undefined) {
    return { fault: wording.messages.setup.roleMissing };
  }
  const limit = readLimit(place.measure, typed, wording);
  return typeof limit === 'bigint' ? { subject, ...place, limit } : limit;
}

function subjectOf(
  { guildId, chosen }: Pick<ModalCall, 'guildId' | 'chosen'>,
  field: SetupField,
): RuleSubject | undefined {
  if (field === 'serverCost' || field === 'serverVideos') return { kind: 'guild' };
  if (field !== 'roleLimit') return { kind: 'everyone' };
  const role = snowflakeSchema.safeParse(chosen.get('role')?.[0]).data;
  return role === undefined ? undefined : roleSubject(guildId, role);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
