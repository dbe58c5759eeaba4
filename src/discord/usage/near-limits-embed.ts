import type { APIEmbed } from 'discord.js';
import type { NearLimit } from '../../domain/ledger/near-limits.ts';
import { nearLimits } from '../../domain/ledger/near-limits.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { CommandServices } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { measureText, ruleText } from '../render/rule-text.ts';
import type { Ranked } from './ranking.ts';

/** So many of the members who used most this month are compared with their limits. */
const MAX_COMPARED = 50;
/** So many lines fit into an embed with room to spare. */
const MAX_LINES = 20;

/** A member who is near a limit. */
export interface NearMember extends NearLimit {
  readonly memberId: string;
}

/** The members of a ranking who are near a limit of their own or of everyone's. */
export async function membersNearLimits(
  guildId: string,
  ranking: readonly Ranked[],
  { guilds, accounts }: Pick<CommandServices, 'guilds' | 'accounts'>,
): Promise<NearMember[]> {
  const { rules, grants = [] } = await guilds.get(guildId);
  if (rules.every(({ subject }) => subject.kind === 'guild')) return [];
  const near: NearMember[] = [];
  for (const { key: memberId } of ranking.slice(0, MAX_COMPARED)) {
    if (!snowflakeSchema.safeParse(memberId).success) continue;
    const { member, windows } = await accounts.readCached(guildId, memberId);
    const found = nearLimits({ id: guildId, rules, grants }, memberId, member, windows);
    near.push(...found.map((limit) => ({ memberId, ...limit })));
  }
  return near;
}

/** Who is near a limit, and why details of some are missing; `undefined` if there is nothing to say. */
export function notesEmbed(
  near: readonly NearMember[],
  { isMissing, currency }: { readonly isMissing: boolean; readonly currency: string | undefined },
  messages: Messages,
): APIEmbed | undefined {
  const { near: words } = messages;
  const { sum } = messages.usageCommand;
  const lines = near.slice(0, MAX_LINES).map(({ memberId, rule, used }) => {
    const amount = measureText(rule.measure, used, messages, currency);
    return `- ${words.line(`<@${memberId}>`, amount, ruleText(rule, messages, currency))}`;
  });
  const left = near.length - lines.length;
  const parts = [
    ...(lines.length === 0 ? [] : [words.title, ...lines]),
    ...(left > 0 ? [sum.more(left)] : []),
    ...(lines.length === 0 ? [] : [`-# ${words.roles}`]),
    ...(isMissing ? [words.deleted] : []),
  ];
  return parts.length === 0 ? undefined : { description: parts.join('\n') };
}
