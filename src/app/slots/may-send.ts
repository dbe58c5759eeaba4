import type { Ownership } from '../ports/ownership-port.ts';

/**
 * What is sent must begin to leave while its guild is certainly this process's: within this time, in
 * milliseconds.
 */
export const SEND_MS = 1000;

/** Whether something may be sent for a guild now. */
export function maySend(ownership: Pick<Ownership, 'tenureOf'>, guildId: string): boolean {
  return ownership.tenureOf(guildId)?.mayAct(SEND_MS) === true;
}
