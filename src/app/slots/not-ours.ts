import type { Ownership, Tenure } from '../ports/ownership-port.ts';

/**
 * Thrown where something may not be sent or written, because its guild may be another process's by now.
 * Nothing has happened.
 */
export class NotOurs extends Error {
  constructor() {
    super('this server may be served by another process now');
  }
}

/** The tenure in which a guild is written. Throws `NotOurs` where another process is responsible. */
export function tenureToWrite(ownership: Pick<Ownership, 'tenureOf'>, guildId: string): Tenure {
  const tenure = ownership.tenureOf(guildId);
  if (tenure === undefined) throw new NotOurs();
  return tenure;
}
