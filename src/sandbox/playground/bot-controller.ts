import type { Testbed } from '../testbed.ts';
import type { BotState } from './protocol/world.ts';

/** Starts, stops and kills the bot's process. */
export interface BotController {
  readonly state: () => BotState;
  /** Resolves when the bot is ready; rejects if it exits first. */
  start(): Promise<void>;
  /** Sends the signal; resolves when the process has exited. */
  end(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Returns a controller of the bot; `onChange` is called with each new state. */
export function createBotController(
  testbed: Testbed,
  onChange: (state: BotState) => void,
): BotController {
  let state: BotState = { name: 'stopped' };
  const setState = (next: BotState): void => {
    state = next;
    onChange(next);
  };
  return {
    state: () => state,
    async start() {
      const starting = testbed.start();
      const { pid, exited } = testbed.bot;
      const withPid = pid === undefined ? {} : { pid };
      setState({ name: 'starting', ...withPid });
      void exited.then((exit) => setState({ name: 'stopped', exit }));
      await starting;
      setState({ name: 'ready', ...withPid });
    },
    async end(how) {
      testbed.bot.kill(how);
      await testbed.bot.exited;
    },
  };
}
