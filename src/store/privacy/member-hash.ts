import { createHmac } from 'node:crypto';

/** What stands in the journal for a member whose data was deleted: the same for the same member. */
export function memberHash(key: Uint8Array, memberId: string): string {
  const hash = createHmac('sha256', key).update(memberId).digest('base64url').slice(0, 22);
  return `deleted-${hash}`;
}
