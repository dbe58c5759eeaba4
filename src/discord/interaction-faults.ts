import type { z } from 'zod';

/** A field of an interaction that is not as expected. Never its value, which may be a prompt. */
export interface InteractionFault {
  /** Its path, e.g. `data.options.0.value`. */
  readonly field: string;
  /** What is wrong, in zod's words: `invalid_type`, `too_big`. */
  readonly code: string;
}

const MAX_FAULTS = 5;

/** The first faults of an interaction, for the log. */
export function interactionFaults({ issues }: z.ZodError): InteractionFault[] {
  return issues
    .slice(0, MAX_FAULTS)
    .map(({ path, code }) => ({ field: path.map(String).join('.').slice(0, 100), code }));
}

export function missingField(field: string): InteractionFault {
  return { field, code: 'invalid_type' };
}
