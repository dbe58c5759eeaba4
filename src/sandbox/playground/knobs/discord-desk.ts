import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import { rateLimited } from '../../../simulators/discord/rest/faults.ts';
import type { Fault, FaultAction } from '../../../simulators/discord/rest/faults.ts';
import type { DiscordFault, DiscordFaultState, DiscordTarget } from '../protocol/knobs.ts';

const SLOW_MS = 4000;

const ACTIONS: Readonly<Record<DiscordFault, FaultAction>> = {
  'rate-limited': rateLimited({ retryAfterSeconds: 2 }),
  'server-error': { kind: 'answer', status: 502, body: 'Bad Gateway' },
  cut: { kind: 'cut', at: 'after-effect' },
  unauthorized: {
    kind: 'answer',
    status: 401,
    body: { message: 'Invalid Webhook Token', code: 50027 },
  },
  slow: { kind: 'hold', at: 'before-effect' },
  'attachment-missing': { kind: 'drop-files', from: 'message' },
};

const ROUTES: Readonly<Record<DiscordTarget, RegExp>> = {
  callbacks: /^\/interactions\//u,
  webhooks: /^\/webhooks\//u,
  channels: /^\/channels\//u,
  all: /^\/(?:interactions|webhooks|channels)\//u,
};

/** Puts faults on the requests that come next. */
export interface DiscordDesk {
  state(): readonly DiscordFaultState[];
  add(fault: DiscordFault, target: DiscordTarget, times: number): void;
  /** Takes all faults back. */
  clear(): void;
}

interface Placed {
  readonly fault: DiscordFault;
  readonly target: DiscordTarget;
  readonly met: readonly Fault[];
  readonly times: number;
}

function leftOf({ met, times }: Placed): number {
  return times - met.reduce((sum, one) => sum + one.hits(), 0);
}

export function createDiscordDesk({ faults }: Pick<SimulatedDiscord, 'faults'>): DiscordDesk {
  let placed: readonly Placed[] = [];
  return {
    state: () =>
      placed.flatMap((one) => {
        const left = leftOf(one);
        return left === 0 ? [] : [{ fault: one.fault, target: one.target, left }];
      }),
    add(fault, target, times) {
      // One rule a request: each of the slow ones is let go in its own time.
      const met = Array.from({ length: times }, () => {
        const one = faults.add({
          name: fault,
          route: ROUTES[target],
          when: ({ files }) => fault !== 'attachment-missing' || files.length > 0,
          action: ACTIONS[fault],
        });
        if (fault === 'slow') void one.reached.then(() => releaseLater(one));
        return one;
      });
      placed = [...placed.filter((one) => leftOf(one) > 0), { fault, target, met, times }];
    },
    clear() {
      faults.clear();
      placed = [];
    },
  };
}

function releaseLater(fault: Fault): void {
  // Whoever closes meanwhile releases what is held; the timer keeps no process alive.
  setTimeout(() => fault.release(), SLOW_MS).unref();
}
