import { isHeld } from '../ledger/money-sides.ts';
import { MINUTE_MS, SECOND_MS } from '../time-units.ts';
import type { Attempt } from './attempt.ts';
import type { ExpectedFacts, LostCreate } from './match-lost.ts';
import type { Task } from './task.ts';

/** A create without an answer is searched for so long after it was sent, in milliseconds. */
const SEARCHED_AFTER_MS = [10 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS] as const;

/** No create is in flight for longer, in milliseconds. */
const MAX_CREATE_MS = 5 * MINUTE_MS;

/** How far a provider's clock and Discord's may differ, in milliseconds. */
const CLOCK_SLACK_MS = 30 * SECOND_MS;

/** The last attempt of a task if its answer never came or decided nothing; else `undefined`. */
export function lostAttemptOf({ attempts }: Pick<Task, 'attempts'>): Attempt | undefined {
  const last = attempts.at(-1);
  if (last === undefined || last.providerTaskId !== undefined) return undefined;
  return last.outcome === undefined || last.outcome === 'unknown' ? last : undefined;
}

/** A lost attempt, or one in flight, as its provider may list it with these facts. */
export function lostCreateOf(
  { id: taskId, stage }: Task,
  { at }: Attempt,
  facts: ExpectedFacts,
): LostCreate {
  const answered = endOf(stage) ?? Infinity;
  return {
    taskId,
    from: at - CLOCK_SLACK_MS,
    until: Math.min(at + MAX_CREATE_MS, answered) + CLOCK_SLACK_MS,
    facts,
  };
}

/** A create of a task that is forgotten: a listed task may be its own, whatever the list says of it. */
export function forgottenCreateOf(taskId: string, at: number): LostCreate {
  return {
    taskId,
    from: at - CLOCK_SLACK_MS,
    until: at + MAX_CREATE_MS + CLOCK_SLACK_MS,
    facts: {},
  };
}

function endOf(stage: Task['stage']): number | undefined {
  if (stage.name === 'ended') return stage.endedAt;
  return stage.name === 'notifying' ? stage.since : undefined;
}

/** Whether a task is held because of a lost create, and over: it goes on once it is found. */
export function isFindable(task: Task): boolean {
  const { stage } = task;
  return stage.name === 'ended' && stage.providerTaskId === undefined && mayBeFindable(task);
}

/** Whether a task is findable, or will be as soon as its caller is notified. */
export function mayBeFindable(task: Task): boolean {
  return isHeld(task) && lacksAnswer(task);
}

/** Whether a task ended without an answer to its create, even if its hold was resolved since. */
export function lacksAnswer(task: Task): boolean {
  const { stage } = task;
  if (stage.name !== 'ended' && stage.name !== 'notifying') return false;
  return stage.outcome.kind === 'outcome-unknown' && lostAttemptOf(task) !== undefined;
}

/**
 * When a create that was sent at `sentAt` is searched for next; `undefined` if no more. `searchedAt`:
 * when it last was, by this process, which searches at once for what an earlier one may have left.
 */
export function nextSearch(sentAt: number, searchedAt: number | undefined): number | undefined {
  const dueAt = SEARCHED_AFTER_MS.map((ms) => sentAt + ms);
  return dueAt.find((at) => searchedAt === undefined || at > searchedAt);
}

/** The provider's ids that a task has, or had. */
export function providerIdsOf({ attempts, stage }: Pick<Task, 'attempts' | 'stage'>): string[] {
  const ids = attempts.map(({ providerTaskId }) => providerTaskId);
  const current = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  return [...ids, current].filter((id) => id !== undefined);
}
