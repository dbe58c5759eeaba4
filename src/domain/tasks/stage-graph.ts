import type { Stage } from './task.ts';

export type StageName = Stage['name'];

/**
 * The stages that may follow each stage, and why. Transitions, starts, restores and resolved holds
 * obey it. docs/developers/architecture.md shows it as a diagram.
 */
export const NEXT_STAGES: Readonly<
  Record<StageName, Readonly<Partial<Record<StageName, string>>>>
> = {
  acknowledging: {
    queued: 'Discord accepted the public reply',
    preparing: 'Discord accepted the public reply',
    ended: 'Discord did not accept it',
    notifying: 'found by a start',
  },
  preparing: {
    queued: 'its media are usable',
    notifying: 'cancelled, or a medium cannot be used',
  },
  queued: {
    submitting: 'its turn came',
    preparing: 'a medium is not usable any more',
    notifying: 'cancelled, waited too long, or its route was removed',
  },
  submitting: {
    running: 'the provider created a task',
    queued: 'busy, or not sent',
    preparing: 'its media are not usable yet',
    notifying: 'rejected, or its outcome is unknown',
  },
  running: {
    delivering: 'finished',
    ended: 'finished, and the video is on its message at once',
    notifying: 'failed, cancelled, timed out, or unknown to the provider',
  },
  delivering: {
    ended: 'the video is on its message',
    notifying: 'the result is lost',
    running: 'its link was sealed with a key that is lost',
  },
  notifying: { ended: 'the message says so' },
  ended: {
    running: 'an admin asks the provider again, or it was found there',
    notifying: 'a hold was resolved',
  },
};

/** The stages in which a task is first written. */
const FIRST_STAGES: Readonly<Partial<Record<StageName, string>>> = {
  submitting: 'Discord accepted the public reply, and its turn came at once',
  queued: 'Discord accepted the public reply',
  preparing: 'Discord accepted the public reply, and its media go into a library',
  acknowledging: 'before the public reply, after a commit that failed',
};

/** Whether a stage may follow another. A stage may always be rewritten with other fields. */
export function mayFollow(before: StageName, after: StageName): boolean {
  return before === after || NEXT_STAGES[before][after] !== undefined;
}

/** Renders the graph as a Mermaid diagram. */
export function renderStageGraph(): string {
  const edges = Object.entries(NEXT_STAGES).flatMap(([from, next]) =>
    Object.entries(next).map(([to, why]) => `  ${from} --> ${to}: ${why}`),
  );
  const first = Object.entries(FIRST_STAGES).map(([to, why]) => `  [*] --> ${to}: ${why}`);
  return ['stateDiagram-v2', ...first, ...edges, '  ended --> [*]'].join('\n');
}
