import { SLACK_MS, deadlineFound, isTime } from '../found-times.ts';
import { instantOfId } from './age.ts';
import type { Stage, StageOf, Task } from './task.ts';

/** How far ahead a task's deadlines may lie, in milliseconds. */
interface Reach {
  readonly taskTimeoutMs: number;
  /** How long its route's result stays good. */
  readonly resultRetentionMs: number;
}

/** How a task's times are judged. */
interface Judgement {
  readonly nowMs: number;
  /** Whether something cannot have happened then: it lies ahead, or before the call that began it all. */
  readonly isOff: (atMs: number) => boolean;
}

/**
 * An unfinished task as it is found at a start: what a wrong clock dated is dated anew. Its call was
 * made when the interaction's id says; whatever came after counts as of now, and deadlines are set anew by their
 * rules. The same object where every time can be true, or the time is not known.
 */
export function taskFound(task: Task, nowMs: number, reach: Reach): Task {
  if (!isTime(nowMs)) return task;
  const madeMs = Math.min(instantOfId(task.interactionId), nowMs);
  const isOff = (atMs: number): boolean => atMs > nowMs + SLACK_MS || atMs < madeMs - SLACK_MS;
  const { acceptedAt, address } = task;
  const stage = stageFound(task.stage, { nowMs, isOff }, reach);
  if (stage === task.stage && !isOff(acceptedAt) && !isOff(address.tokenSince)) return task;
  return {
    ...task,
    stage,
    acceptedAt: isOff(acceptedAt) ? madeMs : acceptedAt,
    address: isOff(address.tokenSince) ? { ...address, tokenSince: madeMs } : address,
  };
}

function stageFound(stage: Stage, verdict: Judgement, reach: Reach): Stage {
  const { nowMs, isOff } = verdict;
  switch (stage.name) {
    case 'acknowledging':
      return stage;
    case 'queued':
      return queuedFound(stage, verdict, reach);
    case 'submitting':
    case 'notifying':
      return isOff(stage.since) ? { ...stage, since: nowMs } : stage;
    case 'running':
      return runningFound(stage, verdict);
    case 'delivering':
      return deliveringFound(stage, verdict, reach);
    case 'ended':
      return isOff(stage.endedAt) ? { ...stage, endedAt: nowMs } : stage;
  }
}

/** It waits as long as was meant; what never waited waits for nobody. */
function queuedFound(
  stage: StageOf<'queued'>,
  { nowMs, isOff }: Judgement,
  { taskTimeoutMs }: Reach,
): Stage {
  const { creates, notSent, notBefore, since } = stage;
  if (creates + notSent === 0) {
    return isOff(notBefore) ? { ...stage, notBefore: nowMs } : stage;
  }
  if (since !== undefined && isOff(since)) {
    const wait = Math.min(Math.max(notBefore - since, 0), taskTimeoutMs);
    return { ...stage, since: nowMs, notBefore: nowMs + wait };
  }
  const until = deadlineFound(notBefore, nowMs, taskTimeoutMs);
  return until === notBefore ? stage : { ...stage, notBefore: until };
}

function runningFound(stage: StageOf<'running'>, { nowMs, isOff }: Judgement): Stage {
  const { lastPolledAt, missingSince, addressMissingSince, ...rest } = stage;
  const seen = Object.entries({ lastPolledAt, missingSince, addressMissingSince }).filter(
    ([, at]) => at !== undefined,
  );
  const good = seen.filter(([, at]) => at !== undefined && !isOff(at));
  if (!isOff(stage.submittedAt) && good.length === seen.length) return stage;
  const submittedAt = isOff(stage.submittedAt) ? nowMs : stage.submittedAt;
  // What was seen at no time is seen again by the next poll.
  return { ...rest, submittedAt, ...Object.fromEntries(good) };
}

function deliveringFound(
  stage: StageOf<'delivering'>,
  { nowMs, isOff }: Judgement,
  { resultRetentionMs }: Reach,
): Stage {
  const longest = nowMs + resultRetentionMs;
  if (isOff(stage.finishedAt)) return { ...stage, finishedAt: nowMs, resultUntil: longest };
  const resultUntil = Math.min(stage.resultUntil, longest);
  return resultUntil === stage.resultUntil ? stage : { ...stage, resultUntil };
}
