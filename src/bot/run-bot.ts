import { startBot } from './start-bot.ts';
import { listSecrets } from '../config/config.ts';
import { renderFault } from '../config/config-fault.ts';
import { loadConfig } from '../config/load-config.ts';
import { WrongSetting } from '../config/wrong-setting.ts';
import { loadPrettify } from '../logging/load-prettify.ts';
import { createLogger } from '../logging/logger.ts';
import type { Logger } from '../logging/logger.ts';
import type { PlatformDeps } from './bot-context.ts';

/** Exit codes for a supervisor: clean stop, fault, wrong settings. */
const EXIT = { clean: 0, fatal: 1, badConfig: 78 } as const;

/**
 * Runs the bot until a signal or a fault ends the process with an exit code for the supervisor.
 * `platform` defaults to the real machine.
 */
export async function runBot(platform?: PlatformDeps): Promise<void> {
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const fault of parsed.faults) process.stderr.write(`${renderFault(fault)}\n`);
    process.exit(EXIT.badConfig);
  }
  const { config, warnings } = parsed;
  const { level, format } = config.log;
  const prettify = format === 'pretty' ? await loadPrettify() : undefined;
  const log = createLogger({ level, prettify, secrets: listSecrets(config) });
  for (const { name, problem } of warnings) {
    log.warn({ setting: name, wrong: problem }, 'questionable setting');
  }
  watchForBugs(log);
  const lifecycle = createLifecycle(log);
  try {
    const bot = await startBot(config, log, lifecycle, platform);
    await untilAborted(lifecycle.stopping);
    await bot.stop();
  } catch (cause) {
    if (!lifecycle.stopping.aborted) {
      const what = cause instanceof Error ? cause.message : 'unknown cause';
      log.error({ err: cause }, 'could not start');
      if (cause instanceof WrongSetting) {
        process.stderr.write(`${cause.message}\n`);
        process.exit(EXIT.badConfig);
      }
      process.stderr.write(`Clapper could not start: ${what}\n`);
      process.exit(EXIT.fatal);
    }
    // Stopped during its start. By now everything in progress has ended.
  }
  log.info({}, 'stopped');
  process.exit(lifecycle.exitCode());
}

/** Ends the process on a signal or a fault. A second signal ends it immediately. */
function createLifecycle(log: Logger) {
  const controller = new AbortController();
  let exitCode: number = EXIT.clean;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      // The next start resumes from the store.
      log.warn({ signal }, 'second signal: exiting immediately');
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

/** Logs bugs instead of ending all tasks. The state is on disk, so it stays consistent. */
function watchForBugs(log: Logger): void {
  process.on('unhandledRejection', (cause) => {
    log.error({ err: cause }, 'unhandled rejection');
  });
  process.on('uncaughtException', (cause) => {
    log.error({ err: cause }, 'uncaught exception');
  });
}
