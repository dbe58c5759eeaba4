import { setTimeout as wait } from 'node:timers/promises';
import type { BotProcess } from '../sandbox/bot-process.ts';
import type { Stage } from '../sandbox/stage.ts';
import type { Dice } from './dice.ts';

/** One process of the bot, and how it was meant to end. */
export interface Life {
  readonly bot: BotProcess;
  /** What the chaos sent it; absent: it is to live. */
  sent?: 'SIGKILL' | 'SIGTERM';
  end?: number | string;
}

/** Starts the bot again whenever it ends, as an operator's supervisor would. */
export interface Supervisor {
  readonly lives: readonly Life[];
  /** Ends the process that runs now, if one does; resolves when it is gone. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Resolves when a process is ready; rejects after the limit. */
  ready(limitMs: number): Promise<void>;
  /** Ends the last process with SIGTERM and starts no other. */
  close(): Promise<void>;
  /** Starts the bot again after `close`. */
  open(): void;
}

const MOST_DOWN_MS = 200;

export function createSupervisor(stage: Stage, dice: Dice): Supervisor {
  const lives: Life[] = [];
  let isOpen = false;
  let running = Promise.resolve();

  async function live(): Promise<void> {
    // oxlint-disable-next-line no-unmodified-loop-condition -- `close` changes it meanwhile
    while (isOpen) {
      const starting = stage.start();
      // Killed before it was ready: the next one is started all the same.
      starting.catch(() => undefined);
      const life: Life = { bot: stage.bot };
      lives.push(life);
      // oxlint-disable-next-line no-await-in-loop -- one process after the other
      life.end = await life.bot.exited;
      // oxlint-disable-next-line no-await-in-loop -- each waits for the one before
      if (isOpen) await wait(dice('down', lives.length) * MOST_DOWN_MS);
    }
  }

  async function end(how: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const life = lives.at(-1);
    if (life === undefined || life.end !== undefined) return;
    // A kill overtakes a stop under way; a second stop would mean "at once".
    if (life.sent !== 'SIGTERM' || how === 'SIGKILL') {
      life.sent = how;
      life.bot.kill(how);
    }
    await life.bot.exited;
  }

  return {
    lives,
    end,
    async ready(limitMs) {
      const until = Date.now() + limitMs;
      while (Date.now() < until) {
        const life = lives.at(-1);
        const isReady = life?.bot.lines.some((line) => line.includes('"msg":"ready"'));
        if (isReady === true && life?.end === undefined && life?.sent === undefined) return;
        // oxlint-disable-next-line no-await-in-loop -- whichever process it will be
        await wait(10);
      }
      throw new Error('the bot did not become ready');
    },
    async close() {
      isOpen = false;
      await end('SIGTERM');
      await running;
    },
    open() {
      isOpen = true;
      running = live();
    },
  };
}
