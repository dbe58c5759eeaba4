import type { NearLimit } from '../../domain/ledger/near-limits.ts';
import { nearLimits } from '../../domain/ledger/near-limits.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { CommandServices } from '../command.ts';
import { ACCENTS } from '../layout/accents.ts';
import type { Frame, Part } from '../layout/layout.ts';
import type { Messages } from '../messages/en.ts';
import { measureText, ruleText } from '../render/rule-text.ts';
import type { Ranked } from './ranking.ts';

/** So many of the members who used most this month are compared with their limits. */
const MAX_COMPARED = 50;

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
export function notesFrame(
  near: readonly NearMember[],
  { isMissing, currency }: { readonly isMissing: boolean; readonly currency: string | undefined },
  messages: Messages,
): Frame | undefined {
  const { near: words } = messages;
  const lines = near.map(({ memberId, rule, used }) => {
    const amount = measureText(rule.measure, used, messages, currency);
    return `- ${words.line(`<@${memberId}>`, amount, ruleText(rule, messages, currency))}`;
  });
  const listed: Part[] =
    lines.length === 0
      ? []
      : [
          { kind: 'lines', title: words.title, lines },
          { kind: 'text', text: `-# ${words.roles}` },
        ];
  const missing: Part[] = isMissing ? [{ kind: 'text', text: words.deleted }] : [];
  const parts = [...listed, ...missing];
  return parts.length === 0 ? undefined : { kind: 'frame', accent: ACCENTS.attention, parts };
}
