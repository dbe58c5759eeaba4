import { correctByProgress } from '../durations/live-progress.ts';
import { nextPollDelayMs, withinBounds } from '../durations/poll-plan.ts';
import type { PollPlan } from '../durations/poll-plan.ts';
import type { TypicalDuration } from '../durations/typical-duration.ts';
import type { Outcome } from './outcome.ts';
import { createdAtOf } from './late-poll.ts';
import { backoffMs } from './policy.ts';
import type { TaskPolicy } from './policy.ts';
import { SECOND_MS } from '../time-units.ts';
import type { CreateOutcome, QueryOutcome } from './provider-answer.ts';
import type { ProviderRejection } from './provider-rejection.ts';
import type { Stage, StageOf } from './task.ts';

/** What is known about how long such tasks take. */
export interface DurationKnowledge {
  readonly plan: PollPlan;
  readonly typicalDuration?: TypicalDuration;
}

/** Everything that a transition may depend on besides the stage and the answer. */
export interface Moment {
  readonly nowMs: number;
  readonly acceptedAt: number;
  /** How long the route's result stays valid after the finish. */
  readonly resultRetentionMs: number;
  readonly policy: TaskPolicy;
  readonly durations: DurationKnowledge;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** When the poll was sent; `undefined` of a create. */
  readonly askedAt?: number;
  /** Whether the provider was asked to cancel the task. */
  readonly isCancelSent?: boolean;
}

/** The stage to write, and when to process the task next, in milliseconds. */
export interface Transition<S extends Stage = Stage> {
  readonly stage: S;
  readonly nextAt: number;
}

/** Ends a task with an outcome, of which only the notification remains. */
export function endWith(
  outcome: Outcome,
  nowMs: number,
  providerTaskId?: string,
): Transition<StageOf<'notifying'>> {
  const stage: StageOf<'notifying'> = {
    name: 'notifying',
    outcome,
    since: nowMs,
    attempts: 0,
    ...(providerTaskId === undefined ? {} : { providerTaskId }),
  };
  return { stage, nextAt: nowMs };
}

/**
 * The transition after a create. Only "busy", "not sent" and media that are not usable yet are retried,
 * a limited number of times.
 */
export function afterCreate(
  stage: StageOf<'submitting'>,
  answer: CreateOutcome,
  moment: Moment,
): Transition {
  const { nowMs, policy, random } = moment;
  switch (answer.kind) {
    case 'created':
      return started(answer.providerTaskId, moment);
    case 'refused':
      return endWith({ kind: 'refused', refusal: answer.refusal }, nowMs);
    case 'wrong-address':
      return endWith({ kind: 'wrong-address' }, nowMs);
    case 'unknown':
      return endWith({ kind: 'outcome-unknown' }, nowMs);
    case 'busy': {
      const creates = stage.creates + 1;
      const wait = answer.retryAfterMs ?? backoffMs(policy.faultBackoff, creates - 1, random);
      if (creates >= policy.maxCreates) return endWith({ kind: 'provider-busy' }, nowMs);
      return sendAgain({ ...countsOf(stage), creates }, wait, 'provider-busy', moment);
    }
    case 'assets-unready':
      return afterUnreadyAssets(stage, answer.refusal, moment);
    case 'not-sent': {
      const notSent = stage.notSent + 1;
      const wait = backoffMs(policy.faultBackoff, notSent - 1, random);
      if (notSent >= policy.maxNotSent) return endWith({ kind: 'provider-unreachable' }, nowMs);
      return sendAgain({ ...countsOf(stage), notSent }, wait, 'provider-unreachable', moment);
    }
  }
}

/**
 * The attempts of a task of which the last was certainly answered "no"; `undefined` if it has made as
 * many as it may.
 */
export function afterCertainNo(
  stage: StageOf<'submitting'>,
  answer: CreateOutcome,
  { maxCreates, maxNotSent }: TaskPolicy,
): Counts | undefined {
  const counts = countsOf(stage);
  const next =
    answer.kind === 'not-sent'
      ? { ...counts, notSent: counts.notSent + 1 }
      : { ...counts, creates: counts.creates + 1 };
  return next.creates < maxCreates && next.notSent < maxNotSent ? next : undefined;
}

function started(providerTaskId: string, { nowMs, durations, random }: Moment): Transition {
  const { plan, typicalDuration } = durations;
  return {
    stage: {
      name: 'running',
      providerTaskId,
      submittedAt: nowMs,
      faults: 0,
      ...(typicalDuration === undefined ? {} : { typicalDuration: typicalDuration }),
    },
    nextAt: nowMs + nextPollDelayMs(plan, 0, random),
  };
}

export type Counts = Pick<StageOf<'submitting'>, 'creates' | 'notSent' | 'unlogged'>;

/** The numbers of a task's attempts. */
export function countsOf({ creates, notSent, unlogged }: Counts): Counts {
  return { creates, notSent, ...(unlogged === undefined ? {} : { unlogged }) };
}

/** The transition after the attempt log could not be written: no attempt was made, and the task waits. */
export function afterUnloggedAttempt(
  stage: StageOf<'submitting'>,
  { nowMs, policy, random }: Moment,
): Transition {
  const unlogged = (stage.unlogged ?? 0) + 1;
  const notBefore = nowMs + backoffMs(policy.faultBackoff, unlogged - 1, random);
  return {
    stage: { name: 'queued', ...countsOf(stage), unlogged, notBefore, since: nowMs },
    nextAt: notBefore,
  };
}

/** A task whose media are not usable yet is sent again after this, and up to a quarter more, in milliseconds. */
const ASSETS_WAIT_MS = 8 * SECOND_MS;

/** The provider made no task: its media are checked again before the next create. */
function afterUnreadyAssets(
  stage: StageOf<'submitting'>,
  refusal: ProviderRejection,
  { nowMs, acceptedAt, policy, random }: Moment,
): Transition {
  const creates = stage.creates + 1;
  const nextAt = nowMs + Math.round(ASSETS_WAIT_MS * (1 + random() / 4));
  if (creates >= policy.maxCreates || nextAt >= acceptedAt + policy.taskTimeoutMs) {
    return endWith({ kind: 'refused', refusal }, nowMs);
  }
  const sent = { ...countsOf(stage), creates };
  return { stage: { name: 'preparing', since: nowMs, sent }, nextAt };
}

function sendAgain(
  counts: Counts,
  waitMs: number,
  otherwise: 'provider-busy' | 'provider-unreachable',
  { nowMs, acceptedAt, policy }: Moment,
): Transition {
  const notBefore = nowMs + waitMs;
  if (notBefore >= acceptedAt + policy.taskTimeoutMs) return endWith({ kind: otherwise }, nowMs);
  return { stage: { name: 'queued', ...counts, notBefore, since: nowMs }, nextAt: notBefore };
}

/** The transition after a poll. A failed poll never ends the task, only the deadline does. */
export function afterQuery(
  stage: StageOf<'running'>,
  answer: QueryOutcome,
  moment: Moment,
): Transition {
  const { nowMs } = moment;
  const { providerTaskId } = stage;
  switch (answer.kind) {
    case 'failed':
      return endWith(outcomeOf(answer, moment), nowMs, providerTaskId);
    case 'finished':
      return answer.resultUrl === undefined
        ? finishedWithoutAddress(stage, moment)
        : finished(stage, moment);
    case 'missing':
      return missing(stage, moment);
    case 'pending':
      return pending(stage, answer, moment);
    case 'busy':
    case 'fault':
      return postponed(stage, answer, moment);
  }
}

/** Cancelled only if the bot asked the provider to; otherwise the operator did it there, or the provider. */
function outcomeOf(
  { refusal, isCancelled }: Extract<QueryOutcome, { kind: 'failed' }>,
  { isCancelSent }: Moment,
): Outcome {
  return isCancelled === true && isCancelSent === true
    ? { kind: 'cancelled', isAtProvider: true }
    : { kind: 'failed', refusal };
}

/** A poll that said nothing about the task: what earlier ones said stays. */
function postponed(
  stage: StageOf<'running'>,
  answer: Extract<QueryOutcome, { kind: 'busy' | 'fault' }>,
  moment: Moment,
): Transition {
  const { missingSince, queuedAt, faults } = stage;
  const back = backoffMs(moment.policy.faultBackoff, faults, moment.random);
  const wait = answer.kind === 'busy' ? (answer.retryAfterMs ?? back) : back;
  const kept = {
    ...(missingSince === undefined ? {} : { missingSince }),
    ...(queuedAt === undefined ? {} : { queuedAt }),
  };
  return pollAgain(stage, { faults: faults + 1, ...kept }, wait, moment);
}

/** Plans the next poll for when such tasks finish, corrected by the task's progress if it is live. */
function pending(
  stage: StageOf<'running'>,
  { progressPercent, isQueued }: Extract<QueryOutcome, { kind: 'pending' }>,
  moment: Moment,
): Transition {
  const { nowMs, durations } = moment;
  const wait = pollWait(stage, moment);
  const queued = isQueued === true ? { queuedAt: moment.askedAt ?? nowMs } : {};
  const seen = { faults: 0, lastPolledAt: nowMs, ...queued };
  if (progressPercent === undefined) return pollAgain(stage, seen, wait, moment);
  const before = { percent: stage.progressPercent ?? 0, at: stage.lastPolledAt ?? nowMs };
  const corrected = correctByProgress(wait, before, { percent: progressPercent, at: nowMs });
  const bounded = withinBounds(durations.plan.bounds, corrected);
  return pollAgain(stage, { ...seen, progressPercent }, bounded, moment);
}

/** Believes "no such task" only after a minute: a new task may appear late, or an answer be wrong. */
function missing(stage: StageOf<'running'>, moment: Moment): Transition {
  const { nowMs, policy } = moment;
  const since = stage.missingSince ?? nowMs;
  if (nowMs >= since + policy.missingGraceMs) {
    return endWith({ kind: 'unknown-to-provider' }, nowMs, stage.providerTaskId);
  }
  const again = pollAgain(
    stage,
    { faults: 0, missingSince: since },
    pollWait(stage, moment),
    moment,
  );
  return { ...again, nextAt: Math.min(again.nextAt, since + policy.missingGraceMs) };
}

function pollWait(stage: StageOf<'running'>, { nowMs, durations, random }: Moment): number {
  return nextPollDelayMs(durations.plan, nowMs - stage.submittedAt, random);
}

function pollAgain(
  stage: StageOf<'running'>,
  seen: {
    readonly faults: number;
    readonly progressPercent?: number;
    readonly lastPolledAt?: number;
    readonly missingSince?: number;
    readonly queuedAt?: number;
  },
  waitMs: number,
  { nowMs, policy }: Moment,
): Transition {
  const deadline = stage.submittedAt + policy.taskTimeoutMs;
  if (nowMs >= deadline) {
    const { stage: notifying, nextAt } = endWith(
      { kind: 'timed-out' },
      nowMs,
      stage.providerTaskId,
    );
    return { stage: { ...notifying, createdAt: createdAtOf(stage) }, nextAt };
  }
  // The last poll is at the deadline, not after it.
  const { missingSince: _, queuedAt: __, ...known } = stage;
  return { stage: { ...known, ...seen }, nextAt: Math.min(nowMs + waitMs, deadline) };
}

function finished(stage: StageOf<'running'>, { nowMs, resultRetentionMs }: Moment): Transition {
  return {
    stage: {
      name: 'delivering',
      providerTaskId: stage.providerTaskId,
      finishedAt: nowMs,
      resultUntil: nowMs + resultRetentionMs,
      attempts: 0,
      asLink: false,
    },
    nextAt: nowMs,
  };
}

function finishedWithoutAddress(stage: StageOf<'running'>, moment: Moment): Transition {
  const { nowMs, policy } = moment;
  const since = stage.addressMissingSince ?? nowMs;
  if (nowMs >= since + policy.addressGraceMs) {
    return endWith(
      { kind: 'result-lost', why: 'no-address', showAddress: false },
      nowMs,
      stage.providerTaskId,
    );
  }
  const { queuedAt: _, ...known } = stage;
  return {
    stage: { ...known, faults: 0, addressMissingSince: since },
    nextAt: Math.min(nowMs + pollWait(stage, moment), since + policy.addressGraceMs),
  };
}
