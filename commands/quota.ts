import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { quotaDefinition } from '../src/discord/quota/definition.ts';
import { MEASURES } from '../src/domain/ledger/amounts.ts';
import { windowsIn } from '../src/domain/ledger/zone-setting.ts';
import { grantEdit } from '../src/discord/quota/grant-edit.ts';
import { readLimit } from '../src/discord/quota/read-limit.ts';
import { readRuleKeys } from '../src/discord/quota/read-rule-key.ts';
import { clearRuleEdit, setRuleEdit } from '../src/discord/quota/rule-edits.ts';
import type { RuleWording } from '../src/discord/quota/rule-edits.ts';
import { ruleListAnswer } from '../src/discord/quota/rule-list.ts';
import { limitsText } from '../src/discord/quota/usage-against-limits-text.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';
import { applyEdit } from '../src/discord/options/edit.ts';
import type { Edit } from '../src/discord/options/edit.ts';
import { choiceOption, idOption } from '../src/discord/options/option-value.ts';

/** `/quota`: admins set limits, and members see their usage. */
export const quota: Command = {
  name: 'quota',
  define: quotaDefinition,
  async run(call, services) {
    const messages = messagesFor(call.language);
    const wording = { messages, currency: services.priceList?.currency };
    await services.replies.privately(call, await answer(call, services, wording));
  },
};

async function answer(
  call: CommandCall,
  services: Pick<CommandServices, 'guilds' | 'accounts' | 'clock'>,
  wording: RuleWording,
): Promise<string | PrivateMessage> {
  const { messages } = wording;
  const { subcommand } = call;
  if (subcommand === 'show') return show(call, services, wording);
  if (!mayManageGuild(call)) return messages.quotaCommand.needsManageServer;
  const { guilds, clock } = services;
  const { guildId } = call;
  if (subcommand === 'list') {
    const { rules, grants = [], zone } = await guilds.get(guildId);
    return ruleListAnswer({ rules, grants, windows: windowsIn(zone, clock.now()) }, wording);
  }
  const edit = readEdit(call, clock.now(), wording);
  if (typeof edit === 'string') return edit;
  return applyEdit({ guilds, guildId, by: call.member.user.id }, edit);
}

/** The requested change, or what is wrong with the request. */
function readEdit(call: CommandCall, nowMs: number, wording: RuleWording): Edit | string {
  const { messages } = wording;
  const { subcommand } = call;
  if (subcommand === 'grant') return readGrant(call, nowMs, wording);
  if (subcommand !== 'set' && subcommand !== 'clear') return messages.answers.notUnderstood;
  const keys = readRuleKeys(call, subcommand, messages);
  if ('complaint' in keys) return keys.complaint;
  const { first, others } = keys;
  if (subcommand === 'clear') return clearRuleEdit([first, ...others], wording);
  const limit = readLimit(first.measure, ['limit', call.options.get('limit')], wording);
  return typeof limit === 'bigint' ? setRuleEdit({ ...first, limit }, wording) : limit.complaint;
}

function readGrant(
  { guildId, options, rolesOf }: CommandCall,
  nowMs: number,
  wording: RuleWording,
): Edit | string {
  const memberId = idOption(options.get('member'));
  const measure = choiceOption(options.get('measure'), MEASURES);
  if (memberId === undefined || measure === undefined) {
    return wording.messages.answers.notUnderstood;
  }
  const amount = readLimit(measure, ['amount', options.get('amount')], wording);
  if (typeof amount !== 'bigint') return amount.complaint;
  if (amount === 0n) return wording.messages.grants.amountZero;
  const roleIds = rolesOf.get(memberId) ?? [];
  return grantEdit({ guildId, memberId, roleIds, measure, amount, nowMs }, wording);
}

async function show(
  call: CommandCall,
  { guilds, accounts }: Pick<CommandServices, 'guilds' | 'accounts'>,
  wording: RuleWording,
): Promise<string> {
  const whose = requestedMember(call, wording.messages);
  if (typeof whose === 'string') return whose;
  const { member } = whose;
  const [{ rules, grants = [] }, sums] = await Promise.all([
    guilds.get(call.guildId),
    accounts.readCached(call.guildId, member.id),
  ]);
  return limitsText({ rules, grants, sums, ...whose }, wording);
}

/**
 * The caller or the requested member, with their roles if Discord sends them (it does not for a
 * member who left).
 */
function requestedMember(call: CommandCall, { answers, quotaCommand }: Messages) {
  const { id } = call.member.user;
  const requested = call.options.get('member');
  const memberId = requested === undefined ? id : idOption(requested);
  if (memberId === undefined) return answers.notUnderstood;
  if (memberId === id) return { member: { id, roleIds: call.member.roles }, isOwn: true };
  if (!mayManageGuild(call)) return quotaCommand.needsManageServer;
  return { member: { id: memberId, roleIds: call.rolesOf.get(memberId) }, isOwn: false };
}
