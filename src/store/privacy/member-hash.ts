import { createHmac } from 'node:crypto';

const PREFIX = 'deleted-';

/** Whether it is a pseudonym of a member, not an id. */
export const isMemberHash = (member: string): boolean => member.startsWith(PREFIX);

/** The pseudonym of a member in the journal after their data was deleted; stable for each member. */
export function memberHash(key: Uint8Array, memberId: string): string {
  const hash = createHmac('sha256', key).update(memberId).digest('base64url').slice(0, 22);
  return `${PREFIX}${hash}`;
}
