import type { Ownership } from './ports/ownership-port.ts';

/** The only process on its store. */
export const OWNS_ALL: Ownership = { owns: () => true };
