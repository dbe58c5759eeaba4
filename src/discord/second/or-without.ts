import { msToDecide } from '../../app/accept/decision-limit.ts';
import { keepOffer } from '../../app/second/offer.ts';
import type { Offer } from '../../app/second/offer.ts';
import { withinLimit } from '../../app/within-limit.ts';
import type { CommandServices } from '../command.ts';
import type { Place } from '../interaction.ts';
import type { Served } from '../served.ts';

type WaitingServices = Pick<CommandServices, 'clock' | 'log'>;

/** How long an answer waits for what it can do without, in milliseconds. */
const WAIT_MS = 1000;
/** Left of the time for the decision, so that the answer comes before the one that the bot is busy. */
const LEFT_MS = 100;

/** The id of an offer that was kept; `undefined` where the store does not keep it in time. */
export async function keptOrWithout(
  call: Place & Served,
  services: WaitingServices & Pick<CommandServices, 'confirmations'>,
  offer: Offer,
): Promise<string | undefined> {
  const kept = await orWithout(call, services, 'an offer was not kept', async () =>
    keepOffer(services, offer),
  );
  return kept?.id;
}

/**
 * What an answer can do without, where it comes in time; else `undefined`, and the log says why.
 * Never rejects.
 */
export async function orWithout<T>(
  call: Place & Served,
  { clock, log }: WaitingServices,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const named = { interactionId: call.id };
  const limitMs = Math.min(WAIT_MS, msToDecide(clock, call) - LEFT_MS);
  if (limitMs <= 0) {
    log.warn(named, `${what}: no time was left for it`);
    return undefined;
  }
  const failed = (cause: unknown): undefined => {
    log.error({ ...named, err: cause }, what);
  };
  const done = await withinLimit(clock, limitMs, work().catch(failed));
  if (done !== 'late') return done;
  log.error(named, `${what}: the store does not answer`);
  return undefined;
}
