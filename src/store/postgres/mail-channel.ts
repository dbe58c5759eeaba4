/** For letters to slots that no living member has: all hear of them, and who takes the slot has them. */
export const MAIL_FOR_ALL = 'clapper_inbox';

const TO_A_MEMBER = 'clapper_mail_';

/** For letters to the slots of one member, so that the others need not wake for them. */
export function mailChannelOf(member: string): string {
  return `${TO_A_MEMBER}${member}`;
}

/** The channel on which a slot's owner hears of its letters, as SQL; `n` is the number of the slot. */
export function ownersChannel(n: string): string {
  return `coalesce(
    (SELECT '${TO_A_MEMBER}' || member.id
     FROM slot AS owned JOIN member ON member.id = owned.owner WHERE owned.n = ${n}),
    '${MAIL_FOR_ALL}')`;
}
