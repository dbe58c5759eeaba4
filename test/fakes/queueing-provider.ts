import type {
  CancelOutcome,
  ProviderPort,
  QueryOutcome,
} from '../../src/app/ports/provider-port.ts';
import { RESULT_URL, aRefusal } from './a-task.ts';
import type { ScriptedProvider } from './scripted-provider.ts';

/** What becomes of a task that a provider has. */
type Fate = 'queued' | 'running' | 'finished' | 'cancelled' | 'gone';

export interface QueueingProvider {
  /** What the provider has the task as; a test may change it at any time. */
  fate: Fate;
  /** The ids that it was asked to cancel. */
  readonly cancels: string[];
  /** How it answers that, whatever it does. */
  cancelAnswer: CancelOutcome;
  /** Whether it cancels what is queued when it is asked to. */
  isWilling: boolean;
  /** Whether it answers no poll but by "busy". */
  isBusy: boolean;
  /** What a poll waits for before it is answered. */
  beforeAnswer: () => Promise<void>;
}

/** Makes a scripted provider one that has a queue, documents a cancel, and deletes what is over. */
export function withQueue({ port, queries }: ScriptedProvider): QueueingProvider {
  const provider: QueueingProvider = {
    fate: 'queued',
    cancels: [],
    cancelAnswer: { kind: 'accepted' },
    isWilling: true,
    isBusy: false,
    beforeAnswer: async () => undefined,
  };
  port.query = async (id) => {
    queries.push(id);
    await provider.beforeAnswer();
    return provider.isBusy
      ? { kind: 'busy', retryAfterMs: 60_000, detail: 'HTTP 429' }
      : answerAs(provider.fate);
  };
  port.cancel = async (id): ReturnType<NonNullable<ProviderPort['cancel']>> => {
    provider.cancels.push(id);
    if (provider.isWilling && provider.fate === 'queued') provider.fate = 'cancelled';
    else if (provider.fate === 'finished') provider.fate = 'gone';
    return provider.cancelAnswer;
  };
  return provider;
}

function answerAs(fate: Fate): QueryOutcome {
  switch (fate) {
    case 'queued':
      return { kind: 'pending', isQueued: true };
    case 'running':
      return { kind: 'pending' };
    case 'finished':
      return { kind: 'finished', resultUrl: RESULT_URL };
    case 'cancelled':
      return {
        kind: 'failed',
        refusal: aRefusal({ category: 'unknown', message: '' }),
        isCancelled: true,
      };
    case 'gone':
      return { kind: 'missing' };
  }
}
