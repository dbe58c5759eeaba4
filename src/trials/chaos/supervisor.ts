import { setTimeout as wait } from 'node:timers/promises';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Dice } from './dice.ts';
import { machineFaultIn } from './machine-faults.ts';

/** One process of the bot, and how it ended. */
export interface BotRun {
  readonly bot: BotProcess;
  /** The name of its seat. */
  readonly seat: string;
  /** When it was started, in milliseconds of real time. */
  readonly startedAtMs: number;
  /** The signal that ended it on purpose; `undefined` when none was sent. */
  sent?: 'SIGKILL' | 'SIGTERM';
  /** When it was sent, in milliseconds of real time. */
  sentAtMs?: number;
  end?: number | string;
  /** When it ended, in milliseconds of real time. */
  endedAtMs?: number;
}

/** A place for one process after the other. */
export interface Seat {
  readonly name: string;
  /** The active process, or one that is about to be. */
  current(): BotRun | undefined;
  /** Ends the active process, if there is one; resolves when it has exited. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts the next process beside the active one, then stops the active one. */
  handOver(): void;
}

/** Starts the bot again whenever it ends, as an operator's supervisor would. */
export interface Supervisor {
  readonly runs: readonly BotRun[];
  /** One for each process that is to run at the same time. */
  readonly seats: readonly Seat[];
  /** Ends all active processes; resolves when they have exited. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Resolves when a process is ready on each seat; rejects after the limit. */
  ready(limitMs: number): Promise<void>;
  /** Ends the last processes, by default with SIGTERM, and starts no others. */
  close(how?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Runs `work` while every process is suspended. */
  whileFrozen(work: () => Promise<void>): Promise<void>;
  /** Starts the bot again after `close`. */
  open(): void;
}

/** The settings of the process on a seat, beside those of all. */
export interface SeatSettings {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

const MAX_DOWN_MS = 200;
const STANDSTILL_MS = 20;
const LAST_LINES = 5;

interface SeatState {
  readonly settings: SeatSettings;
  current: BotRun | undefined;
  /** A process that was started beside it. */
  next: BotRun | undefined;
  running: Promise<void>;
}

interface SupervisorState {
  readonly testbed: Testbed;
  readonly dice: Dice;
  readonly runs: BotRun[];
  isOpen: boolean;
}

export function createSupervisor(
  testbed: Testbed,
  dice: Dice,
  seats: readonly SeatSettings[],
): Supervisor {
  const state: SupervisorState = { testbed, dice, runs: [], isOpen: false };
  const places = seats.map((settings): SeatState => ({
    settings,
    current: undefined,
    next: undefined,
    running: Promise.resolve(),
  }));
  const ofAll = async (work: (seat: SeatState) => Promise<void>): Promise<void> => {
    await Promise.all(places.map(work));
  };
  return {
    runs: state.runs,
    seats: places.map((seat) => seatOf(state, seat)),
    end: async (how) => ofAll(async ({ current }) => send(current, how)),
    ready: async (limitMs) => ofAll(async (seat) => untilReady(seat, limitMs)),
    async close(how = 'SIGTERM') {
      state.isOpen = false;
      await ofAll(async (seat) => {
        await send(seat.current, how);
        await seat.running;
        await send(seat.next, how);
        seat.next = undefined;
      });
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
      for (const seat of places) seat.running = keepRunning(state, seat);
    },
  };
}

function seatOf(state: SupervisorState, seat: SeatState): Seat {
  return {
    name: seat.settings.name,
    current: () => seat.current,
    end: async (how) => send(seat.current, how),
    handOver() {
      if (!state.isOpen || seat.current === undefined) return;
      seat.next ??= startProcess(state, seat);
      void send(seat.current, 'SIGTERM');
    },
  };
}

function startProcess({ testbed, runs }: SupervisorState, { settings }: SeatState): BotRun {
  // Ignores a process that is killed before it is ready; the next one is started anyway.
  testbed.start(settings.env).catch(() => undefined);
  const run: BotRun = { bot: testbed.bot, seat: settings.name, startedAtMs: Date.now() };
  runs.push(run);
  return run;
}

async function keepRunning(state: SupervisorState, seat: SeatState): Promise<void> {
  while (state.isOpen) {
    const run = seat.next ?? startProcess(state, seat);
    seat.next = undefined;
    seat.current = run;
    await ended(run);
    const isAlone = state.isOpen && seat.next === undefined;
    if (isAlone) await wait(state.dice('down', state.runs.length) * MAX_DOWN_MS);
  }
}

async function send(run: BotRun | undefined, how: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (run === undefined || run.end !== undefined) return;
  // A kill may follow a stop that is in progress; a second SIGTERM would mean "at once".
  if (run.sent !== 'SIGTERM' || how === 'SIGKILL') {
    run.sent = how;
    run.sentAtMs = Date.now();
    run.bot.kill(how);
    // One that is suspended hears it then.
    run.bot.kill('SIGCONT');
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

async function untilReady(seat: SeatState, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  while (Date.now() < until) {
    const run = seat.current;
    const isReady = run?.bot.lines.some((line) => line.includes('"msg":"ready"'));
    if (isReady === true && run?.end === undefined && run?.sent === undefined) return;
    await wait(10);
  }
  const lines = seat.current?.bot.lines.slice(-LAST_LINES) ?? [];
  throw new Error(`${seat.settings.name} did not become ready:\n${lines.join('\n')}`);
}
