import { moneyAtStage } from './money-at-stage.ts';
import type { Stage, Task } from './task.ts';

/** An attempt at a create, as its line tells: counted from 1 for its task. */
interface TracedAttempt {
  readonly number: number;
  /** In milliseconds. */
  readonly at: number;
}

/** What the lines of attempts tell of one task. */
export interface TaskTrace {
  readonly attempts: readonly TracedAttempt[];
  /** When it ended, in milliseconds; absent: it has not, or it was opened again. */
  readonly endedAt?: number;
}

export const NO_TRACE: TaskTrace = { attempts: [] };

/** How a restored store treats what it has as still to be sent. */
export interface SendingRule {
  /** All of it may have been sent, and no line can say otherwise. */
  readonly holdsAll: boolean;
  /** Of tasks accepted before this the lines were cut; in milliseconds. */
  readonly linesSince: number;
}

export const HOLDS_ALL: SendingRule = { holdsAll: true, linesSince: 0 };

/** How many attempts at a create a task's record knows of; undefined: it has none to make any more. */
export function attemptsKnown(stage: Stage): number | undefined {
  switch (stage.name) {
    case 'acknowledging':
      return 0;
    case 'queued':
      return stage.creates + stage.notSent + (stage.unlogged ?? 0);
    case 'submitting':
      return stage.creates + stage.notSent + (stage.unlogged ?? 0) + 1;
    case 'running':
    case 'delivering':
    case 'notifying':
    case 'ended':
      return undefined;
  }
}

/** When the first thing happened that the task's record does not know of; undefined: it knows all. */
export function unknownSince({ stage }: Pick<Task, 'stage'>, trace: TaskTrace): number | undefined {
  if (stage.name === 'ended') return undefined;
  const known = attemptsKnown(stage) ?? Infinity;
  const instants = trace.attempts.filter(({ number }) => number > known).map(({ at }) => at);
  const all = trace.endedAt === undefined ? instants : [...instants, trace.endedAt];
  return all.length === 0 ? undefined : Math.min(...all);
}

/**
 * An unfinished task of a restored store. From now on its message is edited alone; where it has yet
 * to be sent and may have been already, it is held, past its deadline as well. One that was being
 * sent is left to the rule of every start, which holds it.
 */
export function asRestored(task: Task, trace: TaskTrace, rule: SendingRule, nowMs: number): Task {
  const { stage } = task;
  if (stage.name === 'ended') return task;
  const marked: Task = { ...task, restored: true };
  if (stage.name !== 'acknowledging' && stage.name !== 'queued') return marked;
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
