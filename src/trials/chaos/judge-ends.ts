import type { Outcome } from '../../domain/tasks/outcome.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Stage, Task } from '../../domain/tasks/task.ts';
import { hasForgotten, hasIncident } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { CLOCK_WAS_ADVANCED, PATH_WAS_BLOCKED, PROCESS_WAS_ENDED } from './incident-patterns.ts';
import { hasCauseOfUnusable, mediaMet } from './media-incidents.ts';
import type { SentCommand } from './sent-command.ts';

const FILE_WAS_REFUSED =
  /^upload:413|^(upload|channel-edit):no-attachment|^disturbance:deny-attach/;

/** Checks that every task ended, and that the round caused every outcome other than a delivery. */
export function judgeEnds(evidence: Evidence): Finding[] {
  const findings: Finding[] = evidence.hasEnded
    ? []
    : [{ kind: 'lost', what: 'a task was still open when the round was over' }];
  for (const id of evidence.restore?.copied.keys() ?? []) {
    if (!evidence.tasks.has(id)) {
      findings.push({ kind: 'lost', what: 'was in the restored copy', taskId: id });
    }
  }
  for (const command of evidence.commands) {
    const task = evidence.tasks.get(command.handle.id);
    if (task === undefined) continue;
    const taskId = task.id;
    if (task.stage.name !== 'ended') {
      findings.push({ kind: 'lost', what: `still ${task.stage.name}`, taskId });
    } else if (!hasCause(evidence, command, { task, outcome: task.stage.outcome })) {
      const what = `ended as ${JSON.stringify(task.stage.outcome)} without a cause`;
      findings.push({ kind: 'lost', what, taskId });
    }
  }
  return findings;
}

// oxlint-disable-next-line complexity -- one case per outcome; splitting would spread the table over two places
function hasCause(
  evidence: Evidence,
  command: SentCommand,
  { task, outcome }: { readonly task: Task; readonly outcome: Outcome },
): boolean {
  /** The task's stage in the restored copy. */
  const stageInCopy = evidence.restore?.copied.get(command.handle.id)?.stage.name;
  const commandMet = (what: RegExp): boolean => hasIncident(evidence, what, command);
  const roundMet = (what: RegExp): boolean => hasIncident(evidence, what);
  switch (outcome.kind) {
    case 'delivered':
      return hasCauseOfDelivery(outcome.how, roundMet, stageInCopy);
    case 'result-lost':
      return (
        commandMet(LOSSES[outcome.why]) || (LATE.has(outcome.why) && roundMet(CLOCK_WAS_ADVANCED))
      );
    case 'undeliverable':
      return roundMet(PATH_WAS_BLOCKED);
    case 'refused':
      // Or its asset was gone when the create came.
      return commandMet(REFUSALS) || mediaMet(evidence, task, /^asset:vanishes$/);
    case 'failed':
      return hasCauseOfFailure(evidence, command, { task, outcome });
    case 'outcome-unknown':
      return (
        roundMet(PROCESS_WAS_ENDED) ||
        commandMet(UNCLEAR_CREATE) ||
        commandMet(/^calm:create cut/) ||
        // The bytes may have been handed over; no connection belongs to one command.
        roundMet(/^connection:/) ||
        stageInCopy === 'submitting'
      );
    case 'not-started':
      return (
        roundMet(PROCESS_WAS_ENDED) ||
        commandMet(/^callback:/) ||
        roundMet(/pass-time/) ||
        stageInCopy === 'acknowledging'
      );
    case 'cancelled':
      return commandMet(/^cancel:/);
    case 'provider-busy':
    case 'provider-unreachable':
    case 'provider-paused':
    case 'queue-expired':
    case 'timed-out':
    case 'unknown-to-provider':
      // A round is too short for these, unless the clock was advanced.
      return roundMet(CLOCK_WAS_ADVANCED);
    case 'wrong-address':
      return commandMet(/^create:wrong-address$/);
    case 'route-removed':
    case 'removed-unsent':
      return providerOf(task) === 'openrouter' && roundMet(/^models:/);
    case 'prompt-unreadable':
    case 'media-gone':
      return hasCauseOfGone(evidence, command, task);
    case 'media-unusable':
      return hasCauseOfUnusable(evidence, task, outcome);
    case 'restored':
      // If it had been sent before the copy, its create would have been answered or held.
      return stageInCopy !== undefined && WAITING.has(stageInCopy);
  }
}

/**
 * What a name stands for cannot be uploaded once more for a task, and may be removed before the task
 * has recorded its use; a last frame is deleted with the data of the member whose video it is from.
 */
function hasCauseOfGone(evidence: Evidence, { named, guildId }: SentCommand, task: Task): boolean {
  const source = [...evidence.tasks.values()].find(({ id }) => id === task.origin?.taskId);
  return (
    (named !== undefined &&
      (mediaMet(evidence, task, /^asset:vanishes$/) || wasDeleted(evidence, { named, guildId }))) ||
    (source !== undefined && hasForgotten(evidence, source))
  );
}

/** Whether its provider cancelled it, and a copy of the store does not know that it was asked to. */
function wasCancelledUnknown(
  { clips, restore }: Evidence,
  { stage, interactionId }: Task,
): boolean {
  const number = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  return (
    restore?.copied.has(interactionId) === true &&
    clips.some(({ id, ending }) => id === number && ending === 'cancelled')
  );
}

/** Whether something that a name of a guild stood for was deleted. */
function wasDeleted(
  { libraryCalls, namings }: Evidence,
  { named, guildId }: { readonly named: string; readonly guildId: string },
): boolean {
  const stoodFor = namings.filter((one) => one.name === named && one.guildId === guildId);
  return libraryCalls.some(
    ({ call, sha256 }) => call === 'delete' && stoodFor.some((one) => one.sha256 === sha256),
  );
}

function hasCauseOfFailure(
  evidence: Evidence,
  command: SentCommand,
  { task, outcome }: { readonly task: Task; readonly outcome: Failure },
): boolean {
  return (
    hasIncident(evidence, /^query:fail/, command) ||
    (isOfMedia(outcome) && hasIncident(evidence, /^connection:/)) ||
    wasCancelledUnknown(evidence, task)
  );
}

type Failure = Extract<Outcome, { kind: 'failed' }>;

/** A provider fetches the bot's copy of a medium from itself; no connection belongs to one command. */
function isOfMedia({ refusal }: Failure): boolean {
  return refusal.category === 'media-unreadable';
}

function hasCauseOfDelivery(
  how: Extract<Outcome, { kind: 'delivered' }>['how'],
  roundMet: (what: RegExp) => boolean,
  stageInCopy: Stage['name'] | undefined,
): boolean {
  if (how === 'link') return roundMet(FILE_WAS_REFUSED);
  // A restored bot does not repost a deleted message.
  return how === 'attachment' || (stageInCopy !== undefined && stageInCopy !== 'ended');
}

const WAITING: ReadonlySet<Stage['name']> = new Set(['acknowledging', 'preparing', 'queued']);

const REFUSALS = /^create:(refused|lying-refusal)$/;

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
