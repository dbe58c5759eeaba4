import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Stage } from '../../domain/tasks/task.ts';
import { wasDone } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Take } from './takes.ts';

const ROUND_WAS_CUT = /:kill|gust:(kill|stop|hand-over|flicker)|calm:started anew|store:.*fail/;
/** Discord's clock went on, and the bot's with it: what takes hours may be over at once. */
const CLOCK_WAS_SET = /pass-time/;
/** Without the right to attach files the address can still be posted. */
export const WAY_WAS_CLOSED = /gust:(take-view|take-send|archive|delete-repost)/;
const FILE_WAS_REFUSED = /^upload:413|^(upload|channel-edit):no-attachment|^gust:take-attach/;

/** Every task has ended, and no end but a delivery comes without a cause that the round knows of. */
export function judgeEnds(evidence: Evidence): Finding[] {
  const findings: Finding[] = evidence.hasEnded
    ? []
    : [{ fault: 'lost', what: 'a task was still open when the round was over' }];
  for (const id of evidence.restore?.copied.keys() ?? []) {
    if (!evidence.tasks.has(id)) {
      findings.push({ fault: 'lost', what: 'was in the copy that was put back', taskId: id });
    }
  }
  for (const take of evidence.takes) {
    const task = evidence.tasks.get(take.handle.id);
    if (task === undefined) continue;
    const taskId = task.id;
    if (task.stage.name !== 'ended') {
      findings.push({ fault: 'lost', what: `still ${task.stage.name}`, taskId });
    } else if (!hasCause(evidence, take, task.stage.outcome)) {
      const what = `ended as ${JSON.stringify(task.stage.outcome)} without a cause`;
      findings.push({ fault: 'lost', what, taskId });
    }
  }
  return findings;
}

// One line an outcome; splitting the table would only spread it over two places.
// oxlint-disable-next-line complexity
function hasCause(evidence: Evidence, take: Take, outcome: Outcome): boolean {
  const { label, handle } = take;
  /** Where it was in a copy that was put back. */
  const stood = evidence.restore?.copied.get(handle.id)?.stage.name;
  const wasMet = (what: RegExp): boolean => wasDone(evidence, what, label);
  const wasInRound = (what: RegExp): boolean => wasDone(evidence, what);
  switch (outcome.kind) {
    case 'delivered':
      return hasCauseOfDelivery(outcome.how, wasInRound, stood);
    case 'result-lost':
      return wasMet(LOSSES[outcome.why]) || (LATE.has(outcome.why) && wasInRound(CLOCK_WAS_SET));
    case 'undeliverable':
      return wasInRound(WAY_WAS_CLOSED);
    case 'refused':
      return wasMet(/^create:(refused|lying-refusal)$/);
    case 'failed':
      return wasMet(/^query:fail/);
    case 'outcome-unknown':
      return (
        wasInRound(ROUND_WAS_CUT) ||
        wasMet(UNCLEAR_CREATE) ||
        wasMet(/^calm:create cut/) ||
        stood === 'submitting'
      );
    case 'not-started':
      return (
        wasInRound(ROUND_WAS_CUT) ||
        wasMet(/^callback:/) ||
        wasInRound(/pass-time/) ||
        stood === 'acknowledging'
      );
    case 'cancelled':
      return wasMet(/^cancel:/);
    case 'provider-busy':
    case 'provider-unreachable':
    case 'provider-paused':
    case 'queue-expired':
    case 'timed-out':
    case 'unknown-to-provider':
      // Nothing here goes on for long enough, unless the clock says so.
      return wasInRound(CLOCK_WAS_SET);
    case 'wrong-address':
    case 'route-removed':
    case 'prompt-unreadable':
      return false;
    case 'restored':
      // Had it been sent before the copy, its create would have been answered or held.
      return stood === 'acknowledging' || stood === 'queued';
  }
}

function hasCauseOfDelivery(
  how: Extract<Outcome, { kind: 'delivered' }>['how'],
  wasInRound: (what: RegExp) => boolean,
  stood: Stage['name'] | undefined,
): boolean {
  if (how === 'link') return wasInRound(FILE_WAS_REFUSED);
  // A restored bot posts nothing in the place of a message that is gone.
  return how === 'attachment' || (stood !== undefined && stood !== 'ended');
}

const UNCLEAR_CREATE =
  /^create:(cut|cut-before-reading|hang|server-error.*|lost-by-the-gateway|not-json|wrong-shape)$/;

const LATE: ReadonlySet<string> = new Set(['no-address', 'expired']);
const NEVER = /(?!)/;
const LOSSES = {
  gone: /^result:status-404/,
  forbidden: /^(result:redirect|url:custom)/,
  'too-many-redirects': NEVER,
  'not-mp4': /^result:not-mp4/,
  'no-address': NEVER,
  expired: NEVER,
} as const;
