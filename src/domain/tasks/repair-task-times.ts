import { SLACK_MS, repairDeadline, isTime } from '../recorded-times.ts';
import { snowflakeTime } from './snowflake.ts';
import type { Stage, StageOf, Task } from './task.ts';

/** How far in the future a task's deadlines may lie, in milliseconds. */
interface DeadlineLimits {
  readonly taskTimeoutMs: number;
  /** How long its route's result stays valid. */
  readonly resultRetentionMs: number;
}

/** How the times of a task are checked. */
interface TimeCheck {
  readonly nowMs: number;
  /** Whether a time cannot be right: it lies in the future, or before the task's interaction. */
  readonly isWrong: (atMs: number) => boolean;
}

/**
 * Corrects the times of an unfinished task that a wrong clock wrote, at a start. The interaction's
 * time follows from its id; wrong times after it become now, and deadlines are set anew by their
 * rules. Returns the same object if all times are plausible, or the current time is not known.
 */
export function repairTaskTimes(task: Task, nowMs: number, limits: DeadlineLimits): Task {
  if (!isTime(nowMs)) return task;
  const madeMs = Math.min(snowflakeTime(task.interactionId), nowMs);
  const isWrong = (atMs: number): boolean => atMs > nowMs + SLACK_MS || atMs < madeMs - SLACK_MS;
  const { acceptedAt, address } = task;
  const stage = correctStage(task.stage, { nowMs, isWrong }, limits);
  if (stage === task.stage && !isWrong(acceptedAt) && !isWrong(address.tokenSince)) return task;
  return {
    ...task,
    stage,
    acceptedAt: isWrong(acceptedAt) ? madeMs : acceptedAt,
    address: isWrong(address.tokenSince) ? { ...address, tokenSince: madeMs } : address,
  };
}

function correctStage(stage: Stage, check: TimeCheck, limits: DeadlineLimits): Stage {
  const { nowMs, isWrong } = check;
  switch (stage.name) {
    case 'acknowledging':
      return stage;
    case 'queued':
      return correctQueued(stage, check, limits);
    case 'preparing':
    case 'submitting':
    case 'notifying':
      return isWrong(stage.since) ? { ...stage, since: nowMs } : stage;
    case 'running':
      return correctRunning(stage, check);
    case 'delivering':
      return correctDelivering(stage, check, limits);
    case 'ended':
      return isWrong(stage.endedAt) ? { ...stage, endedAt: nowMs } : stage;
  }
}

/** Keeps the length of the wait; a task without an attempt does not wait. */
function correctQueued(
  stage: StageOf<'queued'>,
  { nowMs, isWrong }: TimeCheck,
  { taskTimeoutMs }: DeadlineLimits,
): Stage {
  const { creates, notSent, notBefore, since } = stage;
  if (creates + notSent === 0) {
    return isWrong(notBefore) ? { ...stage, notBefore: nowMs } : stage;
  }
  if (since !== undefined && isWrong(since)) {
    const wait = Math.min(Math.max(notBefore - since, 0), taskTimeoutMs);
    return { ...stage, since: nowMs, notBefore: nowMs + wait };
  }
  const until = repairDeadline(notBefore, nowMs, taskTimeoutMs);
  return until === notBefore ? stage : { ...stage, notBefore: until };
}

function correctRunning(stage: StageOf<'running'>, { nowMs, isWrong }: TimeCheck): Stage {
  const { lastPolledAt, queuedAt, missingSince, addressMissingSince, ...rest } = stage;
  const times = { lastPolledAt, queuedAt, missingSince, addressMissingSince };
  const seen = Object.entries(times).filter(([, at]) => at !== undefined);
  const good = seen.filter(([, at]) => at !== undefined && !isWrong(at));
  if (!isWrong(stage.submittedAt) && good.length === seen.length) return stage;
  const submittedAt = isWrong(stage.submittedAt) ? nowMs : stage.submittedAt;
  // Times that are dropped here are recorded again by the next poll.
  return { ...rest, submittedAt, ...Object.fromEntries(good) };
}

function correctDelivering(
  stage: StageOf<'delivering'>,
  { nowMs, isWrong }: TimeCheck,
  { resultRetentionMs }: DeadlineLimits,
): Stage {
  const latest = nowMs + resultRetentionMs;
  if (isWrong(stage.finishedAt)) return { ...stage, finishedAt: nowMs, resultUntil: latest };
  const resultUntil = Math.min(stage.resultUntil, latest);
  return resultUntil === stage.resultUntil ? stage : { ...stage, resultUntil };
}
