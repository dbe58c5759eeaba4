import type { Outcome, UnusableReason } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { hasIncident } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { ANSWER_WAS_LOST, LIMIT_PASSED } from './incident-patterns.ts';
import type { SharedMedium } from './shared-media.ts';

/** The shared media that a task has brought into a library, or was about to. */
export function mediaIn(
  { media }: Evidence,
  { assets = [] }: Pick<Task, 'assets'>,
): SharedMedium[] {
  return media.filter(({ sha256 }) => assets.some((key) => key.endsWith(sha256)));
}

/** Whether a library did something to a medium of a task. */
export function mediaMet(evidence: Evidence, task: Task, what: RegExp): boolean {
  return mediaIn(evidence, task).some(({ name }) => hasIncident(evidence, what, { label: name }));
}

/** An upload that may have arrived although nothing said so. */
const UNCLEAR_UPLOAD = /^asset-upload:(cut|hang|server-error.*|not-json|wrong-shape)$/;

/**
 * What may have made a medium unusable, by what its end says. `round`: what no medium needs to have
 * met. `both`: what the round needs to have met as well.
 */
const CAUSES: Readonly<
  Record<
    UnusableReason,
    { readonly medium?: RegExp; readonly round?: RegExp; readonly both?: RegExp }
  >
> = {
  refused: { medium: /^asset-upload:(refused|turned-down)$/ },
  failed: { medium: /^asset:(failed|rejected)$/ },
  'never-there': { medium: /^asset:(never-there|vanishes)$/, both: LIMIT_PASSED },
  'mixed-up': { medium: /^asset-upload:anothers-id$/ },
  'too-slow': { medium: /^asset/, both: LIMIT_PASSED, round: /pass-time/ },
  unanswered: { medium: UNCLEAR_UPLOAD, round: ANSWER_WAS_LOST },
  off: {},
};

/** Whether the round made a medium of a task unusable, in the way that its end says. */
export function hasCauseOfUnusable(
  evidence: Evidence,
  task: Task,
  { why }: Extract<Outcome, { kind: 'media-unusable' }>,
): boolean {
  const { medium, round, both } = CAUSES[why];
  const roundMet = (what: RegExp | undefined): boolean =>
    what !== undefined && hasIncident(evidence, what);
  if (roundMet(round)) return true;
  if (both !== undefined && !roundMet(both)) return false;
  return medium !== undefined && mediaMet(evidence, task, medium);
}
