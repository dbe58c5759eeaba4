import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { quotaDefinition } from '../src/discord/quota/definition.ts';
import { readLimit, readRuleKeys } from '../src/discord/quota/read-rule-key.ts';
import { clearRuleEdit, setRuleEdit } from '../src/discord/quota/rule-edits.ts';
import type { RuleWording } from '../src/discord/quota/rule-edits.ts';
import { ruleListAnswer } from '../src/discord/quota/rule-list.ts';
import { limitsText } from '../src/discord/quota/usage-against-limits-text.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';
import { applyEdit } from '../src/discord/options/edit.ts';
import type { Edit } from '../src/discord/options/edit.ts';
import { idOption } from '../src/discord/options/option-value.ts';

/** `/quota`: limits that admins set, and where each member stands. */
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
  services: Pick<CommandServices, 'guilds' | 'accounts'>,
  wording: RuleWording,
): Promise<string | PrivateMessage> {
  const { messages } = wording;
  const { subcommand } = call;
  if (subcommand === 'show') return show(call, services, wording);
  if (subcommand !== 'set' && subcommand !== 'clear' && subcommand !== 'list') {
    return messages.answers.notUnderstood;
  }
  if (!mayManageGuild(call)) return messages.quotaCommand.needsManageServer;
  const { guilds } = services;
  const { guildId } = call;
  if (subcommand === 'list') return ruleListAnswer((await guilds.get(guildId)).rules, wording);
  const edit = readEdit(call, subcommand, wording);
  if (typeof edit === 'string') return edit;
  return applyEdit({ guilds, guildId, by: call.member.user.id }, edit);
}

/** The change that is asked for, or what is wrong with the request. */
function readEdit(
  call: CommandCall,
  subcommand: 'set' | 'clear',
  wording: RuleWording,
): Edit | string {
  const { messages } = wording;
  const places = readRuleKeys(call, subcommand, messages);
  if ('complaint' in places) return places.complaint;
  const { first, others } = places;
  if (subcommand === 'clear') return clearRuleEdit([first, ...others], wording);
  const limit = readLimit(first.measure, call.options.get('limit'), messages);
  return typeof limit === 'bigint' ? setRuleEdit({ ...first, limit }, wording) : limit.complaint;
}

async function show(
  call: CommandCall,
  { guilds, accounts }: Pick<CommandServices, 'guilds' | 'accounts'>,
  wording: RuleWording,
): Promise<string> {
  const whose = memberAsked(call, wording.messages);
  if (typeof whose === 'string') return whose;
  const { bearer } = whose;
  const [{ rules }, sums] = await Promise.all([
    guilds.get(call.guildId),
    accounts.readCached(call.guildId, bearer.id),
  ]);
  return limitsText({ rules, sums, ...whose }, wording);
}

/** The caller, or the member asked for, with the roles where Discord tells them: who left has none. */
function memberAsked(call: CommandCall, { answers, quotaCommand }: Messages) {
  const { id } = call.member.user;
  const asked = call.options.get('member');
  const memberId = asked === undefined ? id : idOption(asked);
  if (memberId === undefined) return answers.notUnderstood;
  if (memberId === id) return { bearer: { id, roleIds: call.member.roles }, isOwn: true };
  if (!mayManageGuild(call)) return quotaCommand.needsManageServer;
  return { bearer: { id: memberId, roleIds: call.rolesOf.get(memberId) }, isOwn: false };
}
