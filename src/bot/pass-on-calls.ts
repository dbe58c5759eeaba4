import type { Dispatch, Forward } from '../discord/dispatch.ts';
import type { DiscordTime } from '../app/discord-time.ts';
import { createSeenIds } from '../discord/door/seen-ids.ts';
import { interactionIdOf } from '../discord/interaction.ts';
import { MINUTE_MS } from '../domain/time-units.ts';
import type { BotContext } from './bot-context.ts';
import type { Letters } from './letters.ts';

/** Ids are remembered for longer than a call can be answered by its first reply. */
const SEEN = { keepMs: 3 * MINUTE_MS, max: 100_000 } as const;

/** How calls get from the process that hears of them to the one that answers them. */
export interface PassingOn {
  readonly forward: Forward;
  /** Receives what other processes hear of; from then on. */
  receive(arrive: (raw: unknown) => void): void;
  /**
   * Whether this process has not heard of it yet: two may hold a shard for a moment, and each passes
   * on what it hears.
   */
  isNew(raw: unknown): boolean;
}

/** Answers each call that arrives, once, by whichever way; a stop waits for those in `inFlight`. */
export function receiveCalls(
  dispatch: Dispatch,
  passingOn: PassingOn | undefined,
  { inFlight, time }: { readonly inFlight: Set<Promise<void>>; readonly time: DiscordTime },
): (raw: unknown) => void {
  const arrive = (raw: unknown): void => {
    if (passingOn?.isNew(raw) === false) return;
    const dispatched = dispatch(raw).finally(() => inFlight.delete(dispatched));
    inFlight.add(dispatched);
  };
  // The time is Discord's in every process, also in one that has no gateway.
  passingOn?.receive((raw) => {
    const id = interactionIdOf(raw);
    if (id !== undefined) time.sawInteraction(id);
    arrive(raw);
  });
  return arrive;
}

/** `undefined` where this process has the store alone. */
export function passOnCalls(
  { clock }: Pick<BotContext, 'clock'>,
  letters: Letters | undefined,
): PassingOn | undefined {
  if (letters === undefined) return undefined;
  const seen = createSeenIds(clock, SEEN);
  /** Of calls in flight to other processes; their slots may come here meanwhile, and they with them. */
  const passedOn = new Set<string>();
  return {
    async forward(guildId, raw) {
      const id = interactionIdOf(raw);
      if (id !== undefined) passedOn.add(id);
      try {
        return await letters.send(guildId, { kind: 'call', raw });
      } finally {
        if (id !== undefined) passedOn.delete(id);
      }
    },
    receive(arrive) {
      letters.onCall(arrive);
    },
    isNew(raw) {
      const id = interactionIdOf(raw);
      return id === undefined || seen.isNew(id) || passedOn.delete(id);
    },
  };
}
