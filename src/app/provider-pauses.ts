import { randomUUID } from 'node:crypto';
import { MINUTE_MS } from '../domain/time-units.ts';
import { isAboutAccount } from '../domain/tasks/provider-rejection.ts';
import type { Clock, Log } from './ports/core.ts';
import type { ProviderPause, ProviderPauses } from './ports/provider-pauses-port.ts';
import type { ProviderShare } from './ports/provider-share-port.ts';
import { SHARES_NOTHING } from './shares-nothing.ts';

/** How long a provider is paused after it rejects the key or its balance is used up. */
const PAUSE_MS = 5 * MINUTE_MS;

/** Creates the pauses, kept in memory; those of other processes count as well. */
export function createProviderPauses(
  clock: Clock,
  log: Log,
  share: Pick<ProviderShare, 'report' | 'onReport'> = SHARES_NOTHING,
): ProviderPauses {
  const memory = createMemory(clock);
  /** Providers whose pause is being reported to the others. */
  const reporting = new Set<string>();
  share.onReport((provider, { pausedMs, pause }) => {
    if (pausedMs <= 0) return;
    if (memory.leftOf(provider) <= 0) {
      log.warn(
        { provider },
        'provider refuses the account of another process: paused here as well',
      );
    }
    memory.extend(provider, Math.min(pausedMs, PAUSE_MS));
    if (pause !== undefined) memory.explain({ provider, ...pause }, { isShared: true });
  });
  return {
    async pauseOnAccountRefusal(provider, category) {
      if (!isAboutAccount(category)) return undefined;
      const isNewHere = memory.leftOf(provider) <= 0;
      memory.extend(provider, PAUSE_MS);
      log.error(
        { provider, category, pausedForMs: PAUSE_MS },
        'provider refuses the account: paused for everybody; check its key and balance',
      );
      // Many answers come at once, which say the same.
      if (reporting.has(provider)) return undefined;
      reporting.add(provider);
      const pause = { id: randomUUID(), category };
      const isNew = await share.report(provider, { pausedMs: PAUSE_MS, pause });
      reporting.delete(provider);
      if (!isNewHere || !isNew) return undefined;
      // Where it was reported, it was heard of like every other.
      if (memory.pauseOf(provider) === undefined) {
        memory.explain({ provider, ...pause }, { isShared: false });
      }
      return memory.pauseOf(provider);
    },
    until(provider) {
      const left = memory.leftOf(provider);
      return left > 0 ? clock.now() + left : undefined;
    },
    running: memory.running,
    onPause: memory.onPause,
  };
}

interface Paused {
  /**
   * In milliseconds of the monotonic clock: if the time is set back, the pause must not last for a
   * day.
   */
  readonly untilMs: number;
  readonly pause?: ProviderPause;
  /** Whether the other processes have the pause by the same id. */
  readonly isShared?: boolean;
}

/** What this process knows of pauses. */
function createMemory(clock: Pick<Clock, 'elapsed'>) {
  const paused = new Map<string, Paused>();
  const listeners: ((pause: ProviderPause) => void)[] = [];
  const lasting = (provider: string): Paused | undefined => {
    const one = paused.get(provider);
    return one !== undefined && one.untilMs > clock.elapsed() ? one : undefined;
  };
  const pauseOf = (provider: string): ProviderPause | undefined => lasting(provider)?.pause;
  return {
    leftOf: (provider: string): number => (lasting(provider)?.untilMs ?? 0) - clock.elapsed(),
    pauseOf,
    running: () => [...paused.keys()].flatMap((provider) => pauseOf(provider) ?? []),
    onPause: (then: (pause: ProviderPause) => void) => void listeners.push(then),
    /** Pauses a provider for so long, or for longer than it is already. */
    extend(provider: string, ms: number): void {
      const before = lasting(provider);
      const untilMs = Math.max(before?.untilMs ?? 0, clock.elapsed() + ms);
      paused.set(provider, { ...before, untilMs });
    },
    /** Says which pause it is that a provider has. */
    explain(pause: ProviderPause, { isShared }: { readonly isShared: boolean }): void {
      const before = lasting(pause.provider);
      if (before === undefined) return;
      paused.set(pause.provider, { ...before, pause, isShared });
      const isSame = before.pause?.id === pause.id;
      // One that could not be reported yet is the same as what another process found meanwhile.
      const isKnown = isSame ? before.isShared === true : before.isShared === false;
      if (!isKnown) for (const then of listeners) then(pause);
    },
  };
}
