import type { MemberActor } from '../../simulators/discord/actors/api.ts';
import { pickFrom } from './dice.ts';
import type { RoundContext } from './round-context.ts';
import type { SentCommand } from './sent-command.ts';

/** Who clicks: the video's caller, another member, or one whom the admins keep from `/video`. */
export type Clicker = 'caller' | 'another' | 'outsider';

/** That member of the video's guild; `undefined` if a caller cannot click any more. */
export function clickerOf(
  { members, outsiders, dice }: RoundContext,
  { memberId, guildId }: Pick<SentCommand, 'memberId' | 'guildId'>,
  by: Clicker,
  number: number,
): MemberActor | undefined {
  if (by === 'outsider') return outsiders.find((one) => one.guildId === guildId);
  const isCaller = by === 'caller';
  const able = members.filter(
    (one) => one.guildId === guildId && (one.id === memberId) === isCaller,
  );
  return pickFrom(able, dice('clicked by', number));
}
