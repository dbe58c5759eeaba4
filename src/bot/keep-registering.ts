import { startLoop } from '../app/loop.ts';
import type { Loop } from '../app/loop.ts';
import type { Clock } from '../app/ports/core.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { registerCommands } from '../discord/register-commands.ts';
import type { CommandScope, RegistrationDeps } from '../discord/register-commands.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import type { Backoff } from '../domain/tasks/policy.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';

const RETRY: Backoff = { firstMs: 2 * SECOND_MS, maxMs: HOUR_MS };

/** How often a process looks whether it has become the one that registers, in milliseconds. */
const LOOK_MS = 5 * SECOND_MS;

const noop = (): void => undefined;

/**
 * When a process that has registered looks once more, in milliseconds: the one before it may have been
 * in the middle of registering its own.
 */
const RECHECK_MS = 2 * MINUTE_MS;

export interface KeepRegisteringDeps extends Omit<RegistrationDeps, 'mayGoOn'> {
  readonly ownership: Pick<Ownership, 'isFirst'>;
  readonly clock: Clock;
  /** Whether others share the store. */
  readonly isShared: boolean;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** The registration of the commands while the bot runs. */
export interface Registration extends Loop {
  /** Resolves after the first try, or at once where another process registers. */
  readonly firstTry: Promise<void>;
}

/**
 * Registers the commands whenever this process becomes the first of those that share a store: the one
 * before may have had other commands, or have died before it wrote its own. What failed is tried again
 * with growing waits.
 */
export function keepRegistering(
  deps: KeepRegisteringDeps,
  scopes: readonly CommandScope[],
): Registration {
  const { ownership, clock, isShared, log, random } = deps;
  const mayGoOn = (): boolean => ownership.isFirst();
  let left = scopes;
  let tries = 0;
  /** When it looks once more, on the monotonic clock; `undefined` when it has. */
  let recheckAt = isShared ? clock.elapsed() + RECHECK_MS : undefined;
  const attempt = async (signal: AbortSignal): Promise<number> => {
    if (!mayGoOn()) {
      left = scopes;
      tries = 0;
      recheckAt = clock.elapsed() + RECHECK_MS;
      return LOOK_MS;
    }
    if (recheckAt !== undefined && clock.elapsed() >= recheckAt) {
      left = scopes;
      recheckAt = undefined;
    }
    if (left.length > 0) {
      left = await unlessAborted(registerCommands({ ...deps, mayGoOn }, left), signal);
    }
    if (left.length === 0 || !mayGoOn()) return LOOK_MS;
    tries += 1;
    return backoffMs(RETRY, tries - 1, random);
  };
  let resolveFirst = noop;
  const firstTry = new Promise<void>((resolve) => {
    resolveFirst = resolve;
  });
  const loop = startLoop(clock, async (signal) => {
    try {
      return await attempt(signal);
    } catch (cause) {
      if (!signal.aborted) log.error({ err: cause }, 'commands could not be registered');
      return RETRY.maxMs;
    } finally {
      resolveFirst();
    }
  });
  return { ...loop, firstTry };
}
