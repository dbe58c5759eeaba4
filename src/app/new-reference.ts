import { randomUUID } from 'node:crypto';

/**
 * Makes a reference that is shown to a person and logged, so that the log entry of a fault can be
 * found.
 */
export const newReference = (): string => randomUUID().slice(0, 8);
