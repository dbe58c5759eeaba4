import { windowsIn } from '../src/domain/ledger/zone-setting.ts';
import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { idOption } from '../src/discord/options/option-value.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { changeLimits } from '../src/discord/quota/change-limits.ts';
import { quotaDefinition } from '../src/discord/quota/definition.ts';
import type { RuleWording } from '../src/discord/quota/rule-edits.ts';
import { ruleListAnswer } from '../src/discord/quota/rule-list.ts';
import { limitsText } from '../src/discord/quota/usage-against-limits-text.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';

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
  if (call.group === undefined && call.subcommand === 'show') return show(call, services, wording);
  if (!mayManageGuild(call)) return wording.messages.quotaCommand.needsManageServer;
  if (call.group !== undefined || call.subcommand !== 'list') {
    return changeLimits(call, services, wording);
  }
  const { guilds, clock } = services;
  const { rules, grants = [], zone } = await guilds.get(call.guildId);
  return ruleListAnswer({ rules, grants, windows: windowsIn(zone, clock.now()) }, wording);
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
