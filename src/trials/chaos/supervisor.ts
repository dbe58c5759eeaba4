import { setTimeout as wait } from 'node:timers/promises';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Dice } from './dice.ts';
import { machineFaultIn } from './machine-faults.ts';

/** One process of the bot, and how it ended. */
export interface BotRun {
  readonly bot: BotProcess;
  /** The signal that ended it on purpose; `undefined` when none was sent. */
  sent?: 'SIGKILL' | 'SIGTERM';
  end?: number | string;
  /** When it ended, in milliseconds of real time. */
  endedAtMs?: number;
}

/** Starts the bot again whenever it ends, as an operator's supervisor would. */
export interface Supervisor {
  readonly runs: readonly BotRun[];
  /** Ends the active process, if there is one; resolves when it has exited. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts the next process beside the active one, then stops the active one. */
  handOver(): void;
  /** Resolves when a process is ready; rejects after the limit. */
  ready(limitMs: number): Promise<void>;
  /** Ends the last process, by default with SIGTERM, and starts no other. */
  close(how?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Runs `work` while every process is suspended. */
  whileFrozen(work: () => Promise<void>): Promise<void>;
  /** Starts the bot again after `close`. */
  open(): void;
}

const MAX_DOWN_MS = 200;
const STANDSTILL_MS = 20;
const LAST_LINES = 5;

interface SupervisorState {
  readonly runs: BotRun[];
  isOpen: boolean;
  /** The active process, or one that is about to be. */
  current: BotRun | undefined;
  /** A process that was started beside it. */
  next: BotRun | undefined;
}

export function createSupervisor(testbed: Testbed, dice: Dice): Supervisor {
  const state: SupervisorState = { runs: [], isOpen: false, current: undefined, next: undefined };
  let running = Promise.resolve();

  const startProcess = (): BotRun => {
    // Ignores a process that is killed before it is ready; the next one is started anyway.
    testbed.start().catch(() => undefined);
    const run: BotRun = { bot: testbed.bot };
    state.runs.push(run);
    return run;
  };
  async function keepRunning(): Promise<void> {
    while (state.isOpen) {
      const run = state.next ?? startProcess();
      state.next = undefined;
      state.current = run;
      await ended(run);
      const isAlone = state.isOpen && state.next === undefined;
      if (isAlone) await wait(dice('down', state.runs.length) * MAX_DOWN_MS);
    }
  }
  const end = async (how: 'SIGKILL' | 'SIGTERM'): Promise<void> => send(state.current, how);

  return {
    runs: state.runs,
    end,
    handOver() {
      if (!state.isOpen || state.current === undefined) return;
      state.next ??= startProcess();
      void end('SIGTERM');
    },
    ready: async (limitMs) => untilReady(state, limitMs),
    async close(how = 'SIGTERM') {
      state.isOpen = false;
      await end(how);
      await running;
      await send(state.next, how);
      state.next = undefined;
    },
    async whileFrozen(work) {
      const alive = state.runs.filter((run) => run.end === undefined);
      for (const { bot } of alive) bot.kill('SIGSTOP');
      // By then its threads have finished their system calls.
      await wait(STANDSTILL_MS);
      try {
        await work();
      } finally {
        for (const { bot } of alive) bot.kill('SIGCONT');
      }
    },
    open() {
      state.isOpen = true;
      running = keepRunning();
    },
  };
}

async function send(run: BotRun | undefined, how: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (run === undefined || run.end !== undefined) return;
  // A kill may follow a stop that is in progress; a second SIGTERM would mean "at once".
  if (run.sent !== 'SIGTERM' || how === 'SIGKILL') {
    run.sent = how;
    run.bot.kill(how);
  }
  await ended(run);
}

async function ended(run: BotRun): Promise<void> {
  run.end = await run.bot.exited;
  run.endedAtMs ??= Date.now();
  // The bot's own lines may follow the one that reports the kill.
  const did = run.bot.lines.slice(-LAST_LINES).map(machineFaultIn);
  if (did.some((what) => what?.startsWith('store:kill'))) run.sent = 'SIGKILL';
}

async function untilReady(state: SupervisorState, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  while (Date.now() < until) {
    const run = state.current;
    const isReady = run?.bot.lines.some((line) => line.includes('"msg":"ready"'));
    if (isReady === true && run?.end === undefined && run?.sent === undefined) return;
    await wait(10);
  }
  throw new Error('the bot did not become ready');
}
