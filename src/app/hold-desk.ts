import { nextMoney } from '../domain/ledger/task-money.ts';
import type { MoneyStep } from '../domain/ledger/task-money.ts';
import type { Micros } from '../domain/ledger/money.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Clock, Log, TaskStore } from './ports.ts';

/** What an admin may do with a task whose money is held. */
export type HoldAction =
  | { readonly kind: 'settle'; readonly cost: Micros }
  /** At the quote; where the price is unknown the task stays unpriced. */
  | { readonly kind: 'settle-at-quote' }
  | { readonly kind: 'release' }
  /** Looks at the provider's task once more; a result found is delivered. */
  | { readonly kind: 'ask-again' };

export type HoldAnswer =
  | { readonly kind: 'done'; readonly task: Task }
  /** Not of this guild, not held, or ended by somebody else meanwhile. */
  | { readonly kind: 'not-held' }
  /** Asked again, or its caller not told yet: whoever drives it would not know of the change. */
  | { readonly kind: 'under-way' }
  /** The provider's task number was never learnt. */
  | { readonly kind: 'nothing-to-ask' };

export interface HoldDesk {
  list(guildId: string): Promise<Task[]>;
  act(guildId: string, taskId: string, action: HoldAction, adminId: string): Promise<HoldAnswer>;
}

export interface HoldDeskDeps {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Hands a task that is to be looked at again to the worker. */
  readonly begin: (task: Task) => void;
}

/** Ends holds; two admins at once end one hold once. */
export function createHoldDesk(deps: HoldDeskDeps): HoldDesk {
  const underWay = new Set<string>();
  return {
    list: async (guildId) => deps.store.loadHeld(guildId),
    async act(guildId, taskId, action, adminId) {
      if (underWay.has(taskId)) return { kind: 'not-held' };
      underWay.add(taskId);
      try {
        const held = await deps.store.loadHeld(guildId);
        const task = held.find(({ id }) => id === taskId);
        if (task === undefined) return { kind: 'not-held' };
        if (task.stage.name !== 'ended') return { kind: 'under-way' };
        const answer =
          action.kind === 'ask-again'
            ? await askAgain(deps, task)
            : await book(deps, task, moneyStep(task, action));
        deps.log.info(
          { taskId, adminId, action: action.kind, answer: answer.kind },
          'hold acted on',
        );
        return answer;
      } finally {
        underWay.delete(taskId);
      }
    },
  };
}

function moneyStep(task: Task, action: Exclude<HoldAction, { kind: 'ask-again' }>): MoneyStep {
  switch (action.kind) {
    case 'settle':
      return { kind: 'settle', cost: action.cost };
    case 'settle-at-quote':
      return task.quote.kind === 'priced'
        ? { kind: 'settle', cost: task.quote.micros }
        : { kind: 'settle' };
    case 'release':
      return { kind: 'release', assumed: false };
  }
}

async function book({ store }: HoldDeskDeps, task: Task, step: MoneyStep): Promise<HoldAnswer> {
  const next = { ...task, money: nextMoney(task.money, step) };
  await store.save(next, task.money);
  return { kind: 'done', task: next };
}

/** The task runs again, its money still held, until the provider tells how it ended. */
async function askAgain({ store, clock, begin }: HoldDeskDeps, task: Task): Promise<HoldAnswer> {
  const { stage } = task;
  const providerTaskId = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  if (providerTaskId === undefined || stage.name !== 'ended') return { kind: 'nothing-to-ask' };
  const submittedAt = clock.now();
  const { createdAt = task.acceptedAt } = stage;
  const next: Task = {
    ...task,
    stage: { name: 'running', providerTaskId, submittedAt, createdAt, faults: 0 },
  };
  try {
    await store.reopen(next);
  } catch (cause) {
    // It may stand all the same: the worker reads what is true.
    begin(task);
    throw cause;
  }
  begin(next);
  return { kind: 'done', task: next };
}
