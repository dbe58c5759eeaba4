import { checkHoldAmount } from '../domain/ledger/hold-amount.ts';
import type { AmountRefusal } from '../domain/ledger/hold-amount.ts';
import { needOf } from '../domain/ledger/amounts.ts';
import {
  holdAgain,
  isHeld,
  isHeldForOperator,
  isHeldForServer,
  moveBothSides,
  moveServerSide,
  sidesOf,
} from '../domain/ledger/money-sides.ts';
import type { MoneySides } from '../domain/ledger/money-sides.ts';
import type { MoneyStep } from '../domain/ledger/task-money.ts';
import { withFound } from '../domain/tasks/attempt.ts';
import { lacksAnswer, lostAttemptOf, mayBeFindable } from '../domain/tasks/lost-create.ts';
import { currentRoute, quoteOf } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Ownership } from './ports/ownership-port.ts';
import type { Clock, HeldTasks, Log, TaskStore } from './ports/core.ts';

/**
 * How a hold is resolved: by an admin for the server and its member, by the operator for both
 * sides.
 */
export type HoldEnd =
  /** At an amount as typed: `0.90`, `0.90 USD`. */
  | { readonly kind: 'settle'; readonly amount: string }
  | { readonly kind: 'settle-at-quote' }
  | { readonly kind: 'release' };

/** What an admin may do with a held task. */
export type HoldAction =
  | HoldEnd
  /** Polls the provider's task again; a result is delivered. */
  | { readonly kind: 'ask-again' };

export type HoldAnswer =
  | {
      readonly kind: 'done';
      readonly task: Task;
      /** Its money had been resolved before, and is held again. */
      readonly isHeldAgain?: true;
    }
  /** Not of this guild, not held, or resolved in the meantime. */
  | { readonly kind: 'not-held' }
  /** Its provider is being polled again, or its caller is not notified yet. */
  | { readonly kind: 'under-way' }
  /** The provider's task id was never received. */
  | { readonly kind: 'nothing-to-ask' }
  | { readonly kind: 'refused'; readonly task: Task; readonly refusal: AmountRefusal };

export interface HoldActions {
  /** How many tasks of a guild are held, and the oldest of them. */
  list(guildId: string, most: number): Promise<HeldTasks>;
  /** Resolves the server's and the member's side; the operator's budget still counts the hold. */
  act(guildId: string, taskId: string, action: HoldAction, adminId: string): Promise<HoldAnswer>;
  /**
   * Resolves each side that is still held, once: a repeated request gets the same answer. Possible
   * at any stage, because a later answer of the provider does not change a resolved side.
   */
  endForOperator(taskId: string, end: HoldEnd, requestId: string): Promise<HoldAnswer>;
  /** Polls the provider again without an admin, even if an admin has resolved the server's side. */
  resumePolling(taskId: string): Promise<HoldAnswer>;
  /** The same of a task whose create had no answer, and that was found at its provider by this id. */
  resumeFound(taskId: string, providerTaskId: string): Promise<HoldAnswer>;
  /**
   * The same of a task whose create was answered with this id after all, which leaves no doubt: if the
   * hold was resolved meanwhile, by whomever, its money is held again.
   */
  resumeAnswered(taskId: string, providerTaskId: string): Promise<HoldAnswer>;
}

export interface HoldActionsDeps {
  readonly store: TaskStore;
  readonly ownership: Pick<Ownership, 'tenureOf'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The currency of the price list; `undefined` when there is none. */
  readonly currency: string | undefined;
  /** Hands a task to the worker, to be polled again or its message edited. */
  readonly handOver: (task: Task) => void;
  /** Runs work on a task while no step of it runs. */
  readonly betweenSteps: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * Creates the actions on holds. Even with concurrent calls, each side of a hold is resolved once.
 */
export function createHoldActions(deps: HoldActionsDeps): HoldActions {
  const { store, log, betweenSteps } = deps;
  return {
    list: async (guildId, most) => store.loadHeld(guildId, most),
    async act(guildId, taskId, action, adminId) {
      const checked = await heldFor(deps, guildId, taskId);
      // Checked before waiting, because a step of the task may take long.
      if (checked.kind !== 'held') return checked;
      const answer = await betweenSteps(taskId, async () => {
        const held = await heldFor(deps, guildId, taskId);
        if (held.kind !== 'held') return held;
        return action.kind === 'ask-again'
          ? pollAgain(deps, held.task)
          : endForServer(deps, held.task, action);
      });
      log.info({ taskId, adminId, action: action.kind, answer: answer.kind }, 'hold acted on');
      return answer;
    },
    resumePolling: async (taskId) =>
      resume(deps, taskId, 'held task polled again', isHeld, async (task) => pollAgain(deps, task)),
    resumeFound: async (taskId, providerTaskId) =>
      resume(deps, taskId, 'task found at its provider', mayBeFindable, async (task) =>
        pollFound(deps, task, providerTaskId, sidesOf(task)),
      ),
    resumeAnswered: async (taskId, providerTaskId) =>
      resume(deps, taskId, 'late answer to a create', lacksAnswer, async (task) =>
        pollAnswered(deps, task, providerTaskId),
      ),
    async endForOperator(taskId, end, requestId) {
      const answer = await betweenSteps(taskId, async () => {
        const task = await store.get(taskId);
        if (task?.operatorRequest === requestId) return { kind: 'done', task } as const;
        if (task === undefined || !isHeldForOperator(task)) return { kind: 'not-held' } as const;
        const step = moneyStepOf(deps, task, end);
        if ('why' in step) return { kind: 'refused', task, refusal: step } as const;
        const moved = { ...task, ...moveBothSides(task, step), operatorRequest: requestId };
        return inTenure(deps, task, async () => writeResolution(deps, task, moved));
      });
      log.info(
        { taskId, requestId, action: end.kind, answer: answer.kind },
        'hold acted on by the operator',
      );
      return answer;
    },
  };
}

/** Makes a task run again by `go`, unless it is none of those that may. */
async function resume(
  deps: HoldActionsDeps,
  taskId: string,
  what: string,
  mayGo: (task: Task) => boolean,
  go: (task: Task) => Promise<HoldAnswer>,
): Promise<HoldAnswer> {
  const { store, log, betweenSteps } = deps;
  const answer = await betweenSteps(taskId, async () => {
    const task = await store.get(taskId);
    if (task === undefined || !mayGo(task)) return { kind: 'not-held' } as const;
    return inTenure(deps, task, async () => go(task));
  });
  log.info({ taskId, answer: answer.kind }, what);
  return answer;
}

/** Does work on a task unless another process is responsible for it. */
async function inTenure(
  { ownership }: Pick<HoldActionsDeps, 'ownership'>,
  { guildId }: Task,
  work: () => Promise<HoldAnswer>,
): Promise<HoldAnswer> {
  return ownership.tenureOf(guildId)?.during(work) ?? { kind: 'under-way' };
}

type HeldTask =
  | { readonly kind: 'held'; readonly task: Task }
  | Extract<HoldAnswer, { kind: 'not-held' | 'under-way' }>;

async function heldFor(
  { store }: HoldActionsDeps,
  guildId: string,
  taskId: string,
): Promise<HeldTask> {
  const task = await store.get(taskId);
  if (task === undefined || task.guildId !== guildId || !isHeldForServer(task)) {
    return { kind: 'not-held' };
  }
  const { name } = task.stage;
  return name === 'ended' || name === 'notifying' ? { kind: 'held', task } : { kind: 'under-way' };
}

async function endForServer(deps: HoldActionsDeps, task: Task, end: HoldEnd): Promise<HoldAnswer> {
  const step = moneyStepOf(deps, task, end);
  if ('why' in step) return { kind: 'refused', task, refusal: step };
  return writeResolution(deps, task, { ...task, ...moveServerSide(task, step) });
}

function moneyStepOf(
  { currency }: HoldActionsDeps,
  task: Task,
  end: HoldEnd,
): MoneyStep | AmountRefusal {
  if (end.kind === 'release') return { kind: 'release', assumed: false };
  const checked = checkHoldAmount(
    quoteOf(task),
    currency,
    end.kind === 'settle' ? { kind: 'typed', text: end.amount } : { kind: 'at-quote' },
  );
  return checked.kind === 'refused' ? checked.refusal : { kind: 'settle', cost: checked.cost };
}

/**
 * Writes how a hold was resolved. If its caller would see a difference, the message of the task is
 * edited.
 */
async function writeResolution(
  { store, clock, handOver }: HoldActionsDeps,
  before: Task,
  after: Task,
): Promise<HoldAnswer> {
  const { stage } = after;
  if (stage.name !== 'ended' || after.money === before.money) {
    await store.save(after, before);
    return { kind: 'done', task: after };
  }
  const { outcome, providerTaskId } = stage;
  const next: Task = {
    ...after,
    stage: {
      name: 'notifying',
      outcome,
      since: clock.now(),
      attempts: 0,
      isReNotified: true,
      ...(providerTaskId === undefined ? {} : { providerTaskId }),
    },
  };
  return reopen({ store, handOver }, before, next);
}

/** Opens an ended task again; it keeps when it ended, which the attempt log says as well. */
function reopenedFrom({ stage, endedBefore = 0 }: Task, after: Task): Task {
  if (stage.name !== 'ended') return after;
  return { ...after, endedBefore: Math.max(endedBefore, stage.endedAt) };
}

/** Makes the task run again, its cost still held, until the provider reports how it ended. */
async function pollAgain(
  { store, clock, handOver }: HoldActionsDeps,
  task: Task,
): Promise<HoldAnswer> {
  const { stage } = task;
  if (stage.name !== 'ended') return { kind: 'under-way' };
  const { providerTaskId } = stage;
  if (providerTaskId === undefined) return { kind: 'nothing-to-ask' };
  const resumedAt = clock.now();
  const { createdAt = task.acceptedAt } = stage;
  return reopen({ store, handOver }, task, {
    ...task,
    stage: { name: 'running', providerTaskId, submittedAt: resumedAt, createdAt, faults: 0 },
  });
}

/** Makes a task run whose create had no answer, as the provider's task of this id. */
async function pollFound(
  { store, clock, handOver }: HoldActionsDeps,
  task: Task,
  providerTaskId: string,
  sides: MoneySides,
): Promise<HoldAnswer> {
  if (task.stage.name !== 'ended') return { kind: 'under-way' };
  const createdAt = lostAttemptOf(task)?.at ?? task.acceptedAt;
  const { operatorMoney: _, ...others } = task;
  return reopen({ store, handOver }, task, {
    ...others,
    ...sides,
    attempts: withFound(task.attempts, providerTaskId),
    stage: { name: 'running', providerTaskId, submittedAt: clock.now(), createdAt, faults: 0 },
  });
}

/** The same with its money held, as it would be if its hold had never been resolved. */
async function pollAnswered(
  deps: HoldActionsDeps,
  task: Task,
  providerTaskId: string,
): Promise<HoldAnswer> {
  const { durationSeconds, quote } = currentRoute(task);
  const { log } = deps;
  const sides = holdAgain(task, needOf(durationSeconds, quote));
  const answer = await pollFound(deps, task, providerTaskId, sides);
  if (answer.kind !== 'done' || sides.money === task.money) return answer;
  log.warn({ taskId: task.id, providerTaskId }, 'hold was resolved, but its create was answered');
  return { ...answer, isHeldAgain: true };
}

async function reopen(
  { store, handOver }: Pick<HoldActionsDeps, 'store' | 'handOver'>,
  before: Task,
  next: Task,
): Promise<HoldAnswer> {
  const after = reopenedFrom(before, next);
  try {
    await store.reopen(after, before);
  } catch (cause) {
    // It may have been written all the same: the worker reads the record.
    handOver(before);
    throw cause;
  }
  handOver(after);
  return { kind: 'done', task: after };
}
