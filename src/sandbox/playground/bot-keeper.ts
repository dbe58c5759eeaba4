import type { Stage } from '../stage.ts';
import type { BotState } from './protocol/world.ts';

/** The bot's process, which people kill and start again. */
export interface BotKeeper {
  readonly state: () => BotState;
  /** Resolves when it is ready; rejects where it ends before. */
  start(): Promise<void>;
  /** Resolves when it is gone. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export function createBotKeeper(stage: Stage, onChange: (state: BotState) => void): BotKeeper {
  let state: BotState = { name: 'stopped' };
  const become = (next: BotState): void => {
    state = next;
    onChange(next);
  };
  return {
    state: () => state,
    async start() {
      const starting = stage.start();
      const { pid, exited } = stage.bot;
      const who = pid === undefined ? {} : { pid };
      become({ name: 'starting', ...who });
      void exited.then((exit) => become({ name: 'stopped', exit }));
      await starting;
      become({ name: 'ready', ...who });
    },
    async end(how) {
      stage.bot.kill(how);
      await stage.bot.exited;
    },
  };
}
