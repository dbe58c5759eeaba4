import { moneyAtStage } from './money-at-stage.ts';
import type { Stage, StageOf, Task } from './task.ts';

/** An attempt at a create in the attempt log; `number` counts from 1 for each task. */
interface TracedAttempt {
  readonly number: number;
  /** In milliseconds. */
  readonly at: number;
}

/** What the attempt log says about one task. */
export interface TaskTrace {
  readonly attempts: readonly TracedAttempt[];
  /** When it last ended, in milliseconds; `undefined` when it has not. */
  readonly endedAt?: number;
}

export const NO_TRACE: TaskTrace = { attempts: [] };

/** How a restored store treats tasks that its records show as not sent yet. */
export interface SendingRule {
  /** Whether all of them may have been sent, whatever the attempt log says. */
  readonly holdsAll: boolean;
  /** The lines of tasks accepted before this were deleted; in milliseconds. */
  readonly linesSince: number;
}

export const HOLDS_ALL: SendingRule = { holdsAll: true, linesSince: 0 };

/** The number of attempts that a task's record knows; `undefined` if it makes no more attempts. */
export function attemptsKnown(stage: Stage): number | undefined {
  switch (stage.name) {
    case 'acknowledging':
      return 0;
    case 'preparing':
      return stage.sent === undefined ? 0 : attemptsIn(stage.sent);
    case 'queued':
      return attemptsIn(stage);
    case 'submitting':
      return attemptsIn(stage) + 1;
    case 'running':
    case 'delivering':
    case 'notifying':
    case 'ended':
      return undefined;
  }
}

type AttemptCounts = Pick<StageOf<'queued'>, 'creates' | 'notSent' | 'unlogged'>;

function attemptsIn({ creates, notSent, unlogged = 0 }: AttemptCounts): number {
  return creates + notSent + unlogged;
}

/** The stages in which, by its record, no create is in flight or accepted. */
const WAITING: ReadonlySet<Stage['name']> = new Set(['acknowledging', 'preparing', 'queued']);

/** When the first event happened that the task's record lacks; `undefined` if it lacks none. */
export function unknownSince(
  { stage, endedBefore = 0 }: Pick<Task, 'stage' | 'endedBefore'>,
  trace: TaskTrace,
): number | undefined {
  if (stage.name === 'ended') return undefined;
  const known = attemptsKnown(stage) ?? Infinity;
  const instants = trace.attempts.filter(({ number }) => number > known).map(({ at }) => at);
  // The clocks of processes differ, so an end is not compared with the time of any line.
  const { endedAt = 0 } = trace;
  const all = endedAt <= endedBefore ? instants : [...instants, endedAt];
  return all.length === 0 ? undefined : Math.min(...all);
}

/**
 * Converts a task of a restored store. The message of an unfinished one is only edited from now on. A
 * task that waits to be sent but may have been sent already is held, also past its deadline. One that
 * was being sent is held by the rule of every start.
 */
export function asRestored(task: Task, trace: TaskTrace, rule: SendingRule, nowMs: number): Task {
  const { stage } = task;
  if (stage.name === 'ended') return task;
  const marked: Task = { ...task, restored: true };
  if (!WAITING.has(stage.name)) return marked;
  const mayBeSent =
    rule.holdsAll || task.acceptedAt < rule.linesSince || unknownSince(task, trace) !== undefined;
  if (!mayBeSent) return marked;
  const held: Stage = {
    name: 'notifying',
    outcome: { kind: 'restored' },
    since: nowMs,
    attempts: 0,
  };
  return { ...marked, stage: held, ...moneyAtStage(task, held) };
}
