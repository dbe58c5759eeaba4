import type { Ownership } from './ports/ownership-port.ts';

/** The ownership of the only process on a store. */
export const OWNS_ALL: Ownership = { owns: () => true };
