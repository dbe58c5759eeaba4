import { SEND_MS } from '../app/slots/may-send.ts';
import { NotOurs } from '../app/slots/not-ours.ts';
import type { Tenure } from '../app/ports/ownership-port.ts';
import type { DraftingTaskStore } from '../app/ports/core.ts';
import type { LateEdits } from '../app/ports/late-edits-port.ts';
import type { MessagePort } from '../app/ports/message-port.ts';
import type { ProviderPort } from '../app/ports/provider-port.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import type { AfterStepDeps } from './steps/after-step.ts';
import { editInTenure } from './edit-in-tenure.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** What steps of tasks use while their guild is this process's. */
export interface TenureDeps extends WorkerDeps {
  readonly tenure: Tenure;
  /** Whether something may be sent now. */
  readonly maySend: () => boolean;
  /** Aborted at the very end of a stop, whatever becomes of the slot. */
  readonly stopping: AbortSignal;
}

/** Gives the dependencies of steps in a tenure, made once for each. */
export function createDepsIn(deps: WorkerDeps): (tenure: Tenure) => TenureDeps {
  const made = new WeakMap<Tenure, TenureDeps>();
  return (tenure) => {
    const known = made.get(tenure) ?? depsInTenure(deps, tenure);
    made.set(tenure, known);
    return known;
  };
}

/**
 * The dependencies of steps in one tenure: once it is over nothing is sent or written through them, and
 * what waits ends, except for a create that is on its way.
 */
function depsInTenure(deps: WorkerDeps, tenure: Tenure): TenureDeps {
  const maySend = (): boolean => tenure.mayAct(SEND_MS);
  const checkSend = (): void => {
    if (!maySend()) throw new NotOurs();
  };
  const { providers, signals } = deps;
  return {
    ...deps,
    tenure,
    maySend,
    stopping: signals.sends,
    store: writingIn(deps.store, tenure),
    messages: sendingIn(deps.messages, { tenure, lateEdits: deps.lateEdits, checkSend }),
    providers: new Map(
      [...providers].map(([id, port]) => [id, askingIn(port, checkSend, signals.sends)]),
    ),
    after: notifyingIn(deps.after, { maySend, checkSend }),
    signals: {
      polls: untilLost(signals.polls, tenure),
      sends: untilLost(signals.sends, tenure),
    },
  };
}

/** Aborts with the signal, or when the slot is lost. */
function untilLost(signal: AbortSignal, { lost }: Tenure): AbortSignal {
  const controller = createStopSignal();
  for (const source of [signal, lost]) {
    const stop = (): void => {
      controller.abort(source.reason);
      signal.removeEventListener('abort', stop);
    };
    if (source.aborted) stop();
    else source.addEventListener('abort', stop, { once: true });
  }
  return controller.signal;
}

function writingIn(store: DraftingTaskStore, tenure: Tenure): DraftingTaskStore {
  const check = (): void => {
    if (tenure.isOver()) throw new NotOurs();
  };
  return {
    ...store,
    async create(...given) {
      check();
      return store.create(...given);
    },
    async save(...given) {
      check();
      return store.save(...given);
    },
    async reopen(...given) {
      check();
      return store.reopen(...given);
    },
    async end(...given) {
      check();
      return store.end(...given);
    },
    holdBack(...given) {
      check();
      store.holdBack(...given);
    },
    async flush(...given) {
      check();
      return store.flush(...given);
    },
  };
}

interface Sending {
  readonly tenure: Tenure;
  readonly lateEdits: LateEdits;
  readonly checkSend: () => void;
}

function sendingIn(messages: MessagePort, { checkSend, ...editing }: Sending): MessagePort {
  return {
    ...messages,
    async editByToken(...given) {
      checkSend();
      const [, , { task }] = given;
      return editInTenure(editing, task, async () => messages.editByToken(...given));
    },
    async editInChannel(...given) {
      checkSend();
      const [, , { task }] = given;
      return editInTenure(editing, task, async () => messages.editInChannel(...given));
    },
    async post(...given) {
      checkSend();
      return messages.post(...given);
    },
  };
}

/** A create is not given up with its slot: its answer is kept for the owner of the task. */
function askingIn(port: ProviderPort, check: () => void, sends: AbortSignal): ProviderPort {
  const canCancel = port.cancel !== undefined;
  return {
    ...port,
    async giveCopies(...given) {
      check();
      return port.giveCopies(...given);
    },
    async create(submission) {
      check();
      return port.create(submission, sends);
    },
    query: async (...given) => port.query(...given),
    ...(canCancel && cancellingIn(port, check)),
  };
}

function cancellingIn(port: ProviderPort, check: () => void): Pick<ProviderPort, 'cancel'> {
  return {
    async cancel(...given) {
      check();
      return port.cancel?.(...given) ?? { kind: 'missing' };
    },
  };
}

/** Notices are sent without waiting, so they are left out instead of failing. */
function notifyingIn(
  after: AfterStepDeps,
  { maySend, checkSend }: { readonly maySend: () => boolean; readonly checkSend: () => void },
): AfterStepDeps {
  const { notices, finishPing, gallery } = after;
  return {
    ...after,
    notices: {
      async held(...given) {
        if (maySend()) await notices.held(...given);
      },
      async lostAccess(...given) {
        if (maySend()) await notices.lostAccess(...given);
      },
      async otherModel(...given) {
        if (maySend()) await notices.otherModel(...given);
      },
      async providerPaused(...given) {
        if (maySend()) await notices.providerPaused(...given);
      },
    },
    finishPing: {
      async ping(task) {
        checkSend();
        return finishPing.ping(task);
      },
    },
    gallery: {
      delivered(...given) {
        if (maySend()) gallery.delivered(...given);
      },
    },
  };
}
