import { randomUUID } from 'node:crypto';

/** What a person is shown of a fault and the log has too, so that the one is found by the other. */
export const newReference = (): string => randomUUID().slice(0, 8);
