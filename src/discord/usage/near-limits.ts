import type { NearLimit } from '../../domain/ledger/near-limits.ts';
import { nearLimits } from '../../domain/ledger/near-limits.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { CommandServices } from '../command.ts';
import { ACCENTS } from '../layout/accents.ts';
import type { Frame, Part } from '../layout/layout.ts';
import type { Messages } from '../messages/en.ts';
import { limitFiguresText } from '../render/rule-text.ts';
import type { Ranked } from './ranking.ts';

/** So many of the members who used most this month are compared with their limits. */
const MAX_COMPARED = 50;

/** A member who is near a limit. */
interface NearMember extends NearLimit {
  readonly memberId: string;
}

/** Who is near a limit, as far as that is known. */
interface NearLimits {
  readonly members: readonly NearMember[];
  /** Whether there are limits by role, which were not compared: members' roles are not known here. */
  readonly lacksRoles: boolean;
}

/** Where nothing is compared. */
export const NOT_COMPARED: NearLimits = { members: [], lacksRoles: false };

interface NearServices {
  readonly guilds: Pick<CommandServices['guilds'], 'get'>;
  readonly accounts: Pick<CommandServices['accounts'], 'readCached'>;
}

/** The members of a ranking who are near a limit of their own or of everyone's. */
export async function membersNearLimits(
  guildId: string,
  ranking: readonly Pick<Ranked, 'key'>[],
  { guilds, accounts }: NearServices,
): Promise<NearLimits> {
  const { rules, grants = [] } = await guilds.get(guildId);
  if (rules.every(({ subject }) => subject.kind === 'guild')) return NOT_COMPARED;
  const near: NearMember[] = [];
  for (const { key: memberId } of ranking.slice(0, MAX_COMPARED)) {
    if (!snowflakeSchema.safeParse(memberId).success) continue;
    const { member, windows } = await accounts.readCached(guildId, memberId);
    const found = nearLimits({ id: guildId, rules, grants }, memberId, member, windows);
    near.push(...found.map((limit) => ({ memberId, ...limit })));
  }
  // @everyone chosen as a role means everyone.
  const lacksRoles = rules.some(({ subject }) => subject.kind === 'role' && subject.id !== guildId);
  return { members: near, lacksRoles };
}

/** `@Ada has used 4 of 5 videos today (limit for each member)` */
function nearText(limit: NearMember, messages: Messages, currency: string | undefined): string {
  const { near: words, quotaCommand, denial } = messages;
  const { subject, window, measure } = limit.rule;
  return words.line(
    `<@${limit.memberId}>`,
    limitFiguresText(limit, messages, currency),
    quotaCommand.sums[window],
    denial.quota.measures[measure],
    words.whose[subject.kind === 'member' ? 'member' : 'everyone'],
  );
}

/** Who is near a limit, and why details of some are missing; `undefined` if there is nothing to say. */
export function notesFrame(
  { members: near, lacksRoles }: NearLimits,
  { isMissing, currency }: { readonly isMissing: boolean; readonly currency: string | undefined },
  messages: Messages,
): Frame | undefined {
  const { near: words } = messages;
  const lines = near.map((limit) => `- ${nearText(limit, messages, currency)}`);
  const parts: Part[] = [
    ...(lines.length === 0 ? [] : [{ kind: 'lines' as const, title: words.title, lines }]),
    ...(lacksRoles ? [{ kind: 'text' as const, text: `-# ${words.roles}` }] : []),
    ...(isMissing ? [{ kind: 'text' as const, text: words.deleted }] : []),
  ];
  return parts.length === 0 ? undefined : { kind: 'frame', accent: ACCENTS.attention, parts };
}
