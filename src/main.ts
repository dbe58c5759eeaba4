import { startBot } from './bot/start-bot.ts';
import type { Bot } from './bot/start-bot.ts';
import { listSecrets } from './config/config.ts';
import { renderFault } from './config/config-fault.ts';
import { loadConfig } from './config/load-config.ts';
import { createLogger } from './logging/logger.ts';
import type { Logger } from './logging/logger.ts';

/** What a supervisor reads from the exit: a clean stop, a fault, a setting to mend. */
const EXIT = { clean: 0, fatal: 1, badConfig: 78 } as const;

async function main(): Promise<void> {
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const fault of parsed.faults) process.stderr.write(`${renderFault(fault)}\n`);
    process.exit(EXIT.badConfig);
  }
  const { config } = parsed;
  const log = createLogger({ ...config.log, secrets: listSecrets(config) });
  watchForBugs(log);
  const fail = (reason: string): void => {
    log.error({ reason }, 'cannot go on');
    process.stderr.write(`Clapper cannot go on: ${reason}\n`);
    process.exit(EXIT.fatal);
  };
  const signalled = nextSignal();
  const starting = startBot(config, log, fail);
  const bot = await Promise.race([starting, signalled]).catch((cause: unknown) => {
    const what = cause instanceof Error ? cause.message : 'unknown cause';
    log.error({ err: cause }, 'could not start');
    process.stderr.write(`Clapper could not start: ${what}\n`);
    process.exit(EXIT.fatal);
  });
  // Stopped before it was up: nothing has been taken on, the unfinished go on at the next start.
  if (typeof bot === 'string') process.exit(EXIT.clean);
  log.info({ signal: await signalled }, 'stopping');
  await stop(bot, log);
}

/** A second signal ends the process where it stands: the next start goes on from the store. */
async function stop(bot: Bot, log: Logger): Promise<void> {
  void nextSignal().then((signal) => {
    log.warn({ signal }, 'second signal: leaving at once');
    process.exit(EXIT.fatal);
  });
  await bot.stop();
  log.info({}, 'stopped');
  process.exit(EXIT.clean);
}

async function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
}

/** A bug somewhere must not end every task: it is logged; state is on disk, not in the stack. */
function watchForBugs(log: Logger): void {
  process.on('unhandledRejection', (cause) => {
    log.error({ err: cause }, 'unhandled rejection');
  });
  process.on('uncaughtException', (cause) => {
    log.error({ err: cause }, 'uncaught exception');
  });
}

await main();
