import { systemClock } from '../app/system-clock.ts';
import { withinLimit } from '../app/within-limit.ts';
import type { Entrance } from '../discord/entrance.ts';
import type { Membership } from '../store/postgres/membership.ts';
import type { BotContext } from './bot-context.ts';

/**
 * Time for another process to open the gateway, or for a balancer to see at `/readyz` that this one is
 * leaving, in milliseconds; until then calls are passed on.
 */
const SUCCESSION_MS = { gateway: 4000, door: 5000 } as const;

export interface HandOverDeps {
  /** `undefined` where this process has the store alone. */
  readonly membership: Membership | undefined;
  readonly entrance: Pick<Entrance, 'close'>;
  /** Calls that are being answered or passed on. */
  readonly inFlight: ReadonlySet<Promise<void>>;
}

/** Lets other processes go on with what this one owns, before it stops. Never rejects. */
export async function handOver(
  { config, log }: BotContext,
  { membership, entrance, inFlight }: HandOverDeps,
): Promise<void> {
  if (membership === undefined) return;
  const { publicKey } = config.discord;
  const successionMs = SUCCESSION_MS[publicKey === undefined ? 'gateway' : 'door'];
  const succession = async (): Promise<void> => {
    await new Promise<void>((resolve) => void systemClock.after(successionMs, resolve));
    await entrance.close();
    await Promise.all(inFlight);
  };
  try {
    if (!(await membership.hasCompany())) return;
    await withinLimit(
      systemClock,
      config.shutdownMs + 2 * successionMs,
      membership.leave(succession),
    );
  } catch (cause) {
    log.warn({ err: cause }, 'not everything could be handed over');
  }
}
