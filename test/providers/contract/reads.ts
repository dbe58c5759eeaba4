/** What answers are read as, for tables of examples. */

export const made = (providerTaskId: string) => ({ kind: 'created', providerTaskId }) as const;
export const UNKNOWN = { kind: 'unknown' } as const;
export const BUSY = { kind: 'busy' } as const;
export const WRONG_ADDRESS = { kind: 'wrong-address' } as const;
export const MISSING = { kind: 'missing' } as const;

/** A create that was refused, and why. `more`: the provider's code and message. */
export const refusedFor = (category: string, more: object = {}) =>
  ({ kind: 'refused', refusal: { category, ...more } }) as const;

/** A task that failed, and why. */
export const failedFor = (refusal: object) => ({ kind: 'failed', refusal }) as const;

/** A poll without an answer. */
export const faultOf = (fault: 'unauthorized' | 'unavailable' | 'wrong-address' | 'bad-response') =>
  ({ kind: 'fault', fault }) as const;
