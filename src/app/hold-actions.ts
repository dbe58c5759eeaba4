import { checkHoldAmount } from '../domain/ledger/hold-amount.ts';
import type { AmountRefusal } from '../domain/ledger/hold-amount.ts';
import {
  isHeld,
  isHeldForOperator,
  isHeldForServer,
  moveBothSides,
  moveServerSide,
} from '../domain/ledger/money-sides.ts';
import type { MoneyStep } from '../domain/ledger/task-money.ts';
import { quoteOf } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Clock, HeldTasks, Log, TaskStore } from './ports/core.ts';

/** How a hold is ended: by an admin for the server and its member, by the operator for all. */
export type HoldEnd =
  /** At an amount as it was typed: `0.90`, `0.90 USD`. */
  | { readonly kind: 'settle'; readonly amount: string }
  | { readonly kind: 'settle-at-quote' }
  | { readonly kind: 'release' };

/** What an admin may do with a task whose money is held. */
export type HoldAction =
  | HoldEnd
  /** Looks at the provider's task once more; a result found is delivered. */
  | { readonly kind: 'ask-again' };

export type HoldAnswer =
  | { readonly kind: 'done'; readonly task: Task }
  /** Not of this guild, not held, or ended by somebody else meanwhile. */
  | { readonly kind: 'not-held' }
  /** Its provider is being asked again, or its caller not told yet. */
  | { readonly kind: 'under-way' }
  /** The provider's task number was never learnt. */
  | { readonly kind: 'nothing-to-ask' }
  | { readonly kind: 'refused'; readonly task: Task; readonly refusal: AmountRefusal };

export interface HoldActions {
  /** How many are held in a guild, and the oldest of them. */
  list(guildId: string, most: number): Promise<HeldTasks>;
  /** Moves the server's and the member's sums; the operator's ceiling goes on counting the hold. */
  act(guildId: string, taskId: string, action: HoldAction, adminId: string): Promise<HoldAnswer>;
  /**
   * Ends each side that is still held, once: the same request made again is answered as the first
   * time. At any stage, for what a provider tells later moves nothing that was ended.
   */
  endForOperator(taskId: string, end: HoldEnd, requestId: string): Promise<HoldAnswer>;
  /** Asks the provider again by itself, also where an admin has ended the server's side meanwhile. */
  askLate(taskId: string): Promise<HoldAnswer>;
}

export interface HoldActionsDeps {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The price list's; undefined where there is none. */
  readonly currency: string | undefined;
  /** Hands a task that is to be looked at again, or told of, to the worker. */
  readonly handOver: (task: Task) => void;
  /** Does work on a task while nobody else is at it. */
  readonly betweenSteps: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
}

/** Ends holds; whoever comes at once, each side of one hold is ended once. */
export function createHoldActions(deps: HoldActionsDeps): HoldActions {
  const { store, log, betweenSteps } = deps;
  return {
    list: async (guildId, most) => store.loadHeld(guildId, most),
    async act(guildId, taskId, action, adminId) {
      const checked = await heldFor(deps, guildId, taskId);
      // Not even waited for: a step of it may take its time.
      if (checked.kind !== 'held') return checked;
      const answer = await betweenSteps(taskId, async () => {
        const held = await heldFor(deps, guildId, taskId);
        if (held.kind !== 'held') return held;
        return action.kind === 'ask-again'
          ? askAgain(deps, held.task)
          : endForServer(deps, held.task, action);
      });
      log.info({ taskId, adminId, action: action.kind, answer: answer.kind }, 'hold acted on');
      return answer;
    },
    async askLate(taskId) {
      const answer = await betweenSteps(taskId, async () => {
        const task = await store.get(taskId);
        return task === undefined || !isHeld(task)
          ? ({ kind: 'not-held' } as const)
          : askAgain(deps, task);
      });
      log.info({ taskId, answer: answer.kind }, 'hold asked about late');
      return answer;
    },
    async endForOperator(taskId, end, requestId) {
      const answer = await betweenSteps(taskId, async () => {
        const task = await store.get(taskId);
        if (task?.operatorRequest === requestId) return { kind: 'done', task } as const;
        if (task === undefined || !isHeldForOperator(task)) return { kind: 'not-held' } as const;
        const step = stepOf(deps, task, end);
        if ('why' in step) return { kind: 'refused', task, refusal: step } as const;
        return book(deps, task, {
          ...task,
          ...moveBothSides(task, step),
          operatorRequest: requestId,
        });
      });
      log.info(
        { taskId, requestId, action: end.kind, answer: answer.kind },
        'hold acted on by the operator',
      );
      return answer;
    },
  };
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
  const step = stepOf(deps, task, end);
  if ('why' in step) return { kind: 'refused', task, refusal: step };
  return book(deps, task, { ...task, ...moveServerSide(task, step) });
}

function stepOf(
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

/** Writes how a hold was ended; what its caller would read of it is then said in the task's message. */
async function book(
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

/** The task runs again, its money still held, until the provider tells how it ended. */
async function askAgain(
  { store, clock, handOver }: HoldActionsDeps,
  task: Task,
): Promise<HoldAnswer> {
  const { stage } = task;
  if (stage.name !== 'ended') return { kind: 'under-way' };
  const { providerTaskId } = stage;
  if (providerTaskId === undefined) return { kind: 'nothing-to-ask' };
  const submittedAt = clock.now();
  const { createdAt = task.acceptedAt } = stage;
  return reopen({ store, handOver }, task, {
    ...task,
    stage: { name: 'running', providerTaskId, submittedAt, createdAt, faults: 0 },
  });
}

async function reopen(
  { store, handOver }: Pick<HoldActionsDeps, 'store' | 'handOver'>,
  before: Task,
  after: Task,
): Promise<HoldAnswer> {
  try {
    await store.reopen(after, before);
  } catch (cause) {
    // It may stand all the same: the worker reads what is true.
    handOver(before);
    throw cause;
  }
  handOver(after);
  return { kind: 'done', task: after };
}
