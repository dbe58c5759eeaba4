import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../app/ports/core.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { registerCommands } from '../discord/register-commands.ts';
import type { CommandScope, RegistrationDeps } from '../discord/register-commands.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import type { Backoff } from '../domain/tasks/policy.ts';
import { HOUR_MS, SECOND_MS } from '../domain/time-units.ts';

const RETRY: Backoff = { firstMs: 2 * SECOND_MS, maxMs: HOUR_MS };

/**
 * Registers the commands and resolves after the first try, so that the bot serves meanwhile. What
 * failed is tried again in the background with growing waits, until it succeeds or the bot stops.
 */
export async function keepRegistering(
  deps: RegistrationDeps,
  scopes: readonly CommandScope[],
  stopping: AbortSignal,
): Promise<void> {
  const failed = await unlessAborted(registerCommands(deps, scopes), stopping);
  if (failed.length > 0) void retryUntilStopped(deps, failed, stopping);
}

async function retryUntilStopped(
  deps: RegistrationDeps,
  scopes: readonly CommandScope[],
  stopping: AbortSignal,
): Promise<void> {
  let left = scopes;
  try {
    for (let tries = 0; left.length > 0; tries += 1) {
      const waitMs = backoffMs(RETRY, tries, Math.random);
      await wait(waitMs, undefined, { signal: stopping });
      left = await unlessAborted(registerCommands(deps, left), stopping);
    }
  } catch (cause) {
    logUnlessStopping(deps.log, cause, stopping);
  }
}

function logUnlessStopping(log: Log, cause: unknown, stopping: AbortSignal): void {
  if (!stopping.aborted) log.error({ err: cause }, 'commands are no longer registered');
}
