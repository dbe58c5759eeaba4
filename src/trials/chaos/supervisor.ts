import { setTimeout as wait } from 'node:timers/promises';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { Dice } from './dice.ts';
import { mischiefIn } from './mischief.ts';

/** One process of the bot, and how it was meant to end. */
export interface Life {
  readonly bot: BotProcess;
  /** What ended it on purpose; absent: it is to live. */
  sent?: 'SIGKILL' | 'SIGTERM';
  end?: number | string;
}

/** Starts the bot again whenever it ends, as an operator's supervisor would. */
export interface Supervisor {
  readonly lives: readonly Life[];
  /** Ends the process that serves now, if one does; resolves when it is gone. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts the next process beside the one that serves, then stops that one. */
  handOver(): void;
  /** Resolves when a process is ready; rejects after the limit. */
  ready(limitMs: number): Promise<void>;
  /** Ends the last process, with SIGTERM unless said otherwise, and starts no other. */
  close(how?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Does something while every process stands still. */
  whileFrozen(work: () => Promise<void>): Promise<void>;
  /** Starts the bot again after `close`. */
  open(): void;
}

const MAX_DOWN_MS = 200;
const STANDSTILL_MS = 20;
const LAST_LINES = 5;

interface Reign {
  readonly lives: Life[];
  isOpen: boolean;
  /** The process that serves, or is about to. */
  current: Life | undefined;
  /** One that was started beside it. */
  next: Life | undefined;
}

export function createSupervisor(stage: Stage, dice: Dice): Supervisor {
  const reign: Reign = { lives: [], isOpen: false, current: undefined, next: undefined };
  let running = Promise.resolve();

  const begin = (): Life => {
    // Killed before it was ready: the next one is started all the same.
    stage.start().catch(() => undefined);
    const life: Life = { bot: stage.bot };
    reign.lives.push(life);
    return life;
  };
  async function live(): Promise<void> {
    while (reign.isOpen) {
      const life = reign.next ?? begin();
      reign.next = undefined;
      reign.current = life;
      await ended(life);
      const isAlone = reign.isOpen && reign.next === undefined;
      if (isAlone) await wait(dice('down', reign.lives.length) * MAX_DOWN_MS);
    }
  }
  const end = async (how: 'SIGKILL' | 'SIGTERM'): Promise<void> => send(reign.current, how);

  return {
    lives: reign.lives,
    end,
    handOver() {
      if (!reign.isOpen || reign.current === undefined) return;
      reign.next ??= begin();
      void end('SIGTERM');
    },
    ready: async (limitMs) => untilReady(reign, limitMs),
    async close(how = 'SIGTERM') {
      reign.isOpen = false;
      await end(how);
      await running;
      await send(reign.next, how);
      reign.next = undefined;
    },
    async whileFrozen(work) {
      const living = reign.lives.filter((life) => life.end === undefined);
      for (const { bot } of living) bot.kill('SIGSTOP');
      // What a thread of it is at in the system is done by then.
      await wait(STANDSTILL_MS);
      try {
        await work();
      } finally {
        for (const { bot } of living) bot.kill('SIGCONT');
      }
    },
    open() {
      reign.isOpen = true;
      running = live();
    },
  };
}

async function send(life: Life | undefined, how: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (life === undefined || life.end !== undefined) return;
  // A kill overtakes a stop under way; a second stop would mean "at once".
  if (life.sent !== 'SIGTERM' || how === 'SIGKILL') {
    life.sent = how;
    life.bot.kill(how);
  }
  await ended(life);
}

async function ended(life: Life): Promise<void> {
  life.end = await life.bot.exited;
  // Not the last line alone: one of the bot's own may have been on its way when it fell.
  const did = life.bot.lines.slice(-LAST_LINES).map(mischiefIn);
  if (did.some((what) => what?.startsWith('store:kill'))) life.sent = 'SIGKILL';
}

async function untilReady(reign: Reign, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  while (Date.now() < until) {
    const life = reign.current;
    const isReady = life?.bot.lines.some((line) => line.includes('"msg":"ready"'));
    if (isReady === true && life?.end === undefined && life?.sent === undefined) return;
    await wait(10);
  }
  throw new Error('the bot did not become ready');
}
