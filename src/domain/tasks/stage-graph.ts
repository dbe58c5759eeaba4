import type { Stage } from './task.ts';

export type StageName = Stage['name'];

/**
 * Which stage may follow which, and what makes it so. Transitions, a start, a restore and the ends of
 * holds keep to it. docs/developers/architecture.md shows it as a picture.
 */
export const NEXT_STAGES: Readonly<
  Record<StageName, Readonly<Partial<Record<StageName, string>>>>
> = {
  acknowledging: {
    queued: 'Discord took the public reply',
    ended: 'Discord did not take it',
    notifying: 'found by a start',
  },
  queued: {
    submitting: 'its turn came',
    notifying: 'cancelled, waited too long, or its route is gone',
  },
  submitting: {
    running: 'the provider made a task',
    queued: 'busy, or not sent',
    notifying: 'rejected, or nobody knows what came of it',
  },
  running: {
    delivering: 'finished',
    notifying: 'failed, timed out, or unknown to the provider',
  },
  delivering: {
    ended: 'the video is on its message',
    notifying: 'the result is lost',
    running: 'its link was sealed with a key that is lost',
  },
  notifying: { ended: 'the message says so' },
  ended: {
    running: 'an admin asks the provider again',
    notifying: 'a hold was resolved',
  },
};

/** Whether a stage may follow another; one may always be written again with other fields. */
export function mayFollow(before: StageName, after: StageName): boolean {
  return before === after || NEXT_STAGES[before][after] !== undefined;
}

/** The picture as Mermaid text. */
export function renderStageGraph(): string {
  const edges = Object.entries(NEXT_STAGES).flatMap(([from, next]) =>
    Object.entries(next).map(([to, why]) => `  ${from} --> ${to}: ${why}`),
  );
  return ['stateDiagram-v2', '  [*] --> acknowledging', ...edges, '  ended --> [*]'].join('\n');
}
