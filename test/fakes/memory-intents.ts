import type { Intent, IntentLog } from '../../src/app/ports/intent-log-port.ts';

export interface MemoryIntents extends Pick<IntentLog, 'append' | 'close'> {
  /** What was appended, with `closed` for what was closed, in order. */
  readonly lines: string[];
  /** Lines to come that are refused. */
  failures: number;
}

/** The lines of what is about to be acknowledged, in memory. */
export function memoryIntents(): MemoryIntents {
  const intents: MemoryIntents = {
    lines: [],
    failures: 0,
    append({ interactionId }: Intent) {
      if (intents.failures > 0) {
        intents.failures -= 1;
        throw new Error('disk full');
      }
      intents.lines.push(interactionId);
      return undefined;
    },
    close(interactionId) {
      intents.lines.push(`closed ${interactionId}`);
    },
  };
  return intents;
}
