import { startBot } from './start-bot.ts';
import { listSecrets } from '../config/config.ts';
import { renderFault } from '../config/config-fault.ts';
import { loadConfig } from '../config/load-config.ts';
import { createLogger } from '../logging/logger.ts';
import type { Logger } from '../logging/logger.ts';
import type { PlatformDeps } from './bot-context.ts';

/** What a supervisor reads from the exit: a clean stop, a fault, a setting to mend. */
const EXIT = { clean: 0, fatal: 1, badConfig: 78 } as const;

/**
 * Runs the bot until a signal or a fault ends the process, with the exit code that a supervisor reads.
 * `edges`: the machine's own where none are given.
 */
export async function runBot(edges?: PlatformDeps): Promise<void> {
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const fault of parsed.faults) process.stderr.write(`${renderFault(fault)}\n`);
    process.exit(EXIT.badConfig);
  }
  const { config, warnings } = parsed;
  const log = createLogger({ ...config.log, secrets: listSecrets(config) });
  for (const { name, wrong } of warnings) log.warn({ setting: name, wrong }, 'odd setting');
  watchForBugs(log);
  const life = createLife(log);
  try {
    const bot = await startBot(config, log, life, edges);
    await untilAborted(life.stopping);
    await bot.stop();
  } catch (cause) {
    if (!life.stopping.aborted) {
      const what = cause instanceof Error ? cause.message : 'unknown cause';
      log.error({ err: cause }, 'could not start');
      process.stderr.write(`Clapper could not start: ${what}\n`);
      process.exit(EXIT.fatal);
    }
    // Stopped in the middle of its start: what was under way has been brought to its end by then.
  }
  log.info({}, 'stopped');
  process.exit(life.exitCode());
}

/** What ends the process: a signal, or a fault; a second signal ends it where it stands. */
function createLife(log: Logger) {
  const controller = new AbortController();
  let exitCode: number = EXIT.clean;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      // The next start goes on from the store.
      log.warn({ signal }, 'another signal: leaving at once');
      process.exit(EXIT.fatal);
    }
    log.info({ signal }, 'stopping');
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return {
    stopping: controller.signal,
    exitCode: () => exitCode,
    onFatal(reason: string) {
      log.error({ reason }, 'cannot go on');
      process.stderr.write(`Clapper cannot go on: ${reason}\n`);
      exitCode = EXIT.fatal;
      controller.abort();
    },
  };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
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
