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

/** Injects faults into the next requests to Discord. */
export interface DiscordFaults {
  state(): readonly DiscordFaultState[];
  /** Makes the fault hit the next `times` requests that match the target. */
  add(fault: DiscordFault, target: DiscordTarget, times: number): void;
  /** Removes all faults. */
  clear(): void;
}

interface AddedFault {
  readonly fault: DiscordFault;
  readonly target: DiscordTarget;
  readonly rules: readonly Fault[];
  readonly times: number;
}

function remaining({ rules, times }: AddedFault): number {
  return times - rules.reduce((sum, rule) => sum + rule.hits(), 0);
}

/** Returns the fault controls of a simulated Discord, without faults. */
export function createDiscordFaults({ faults }: Pick<SimulatedDiscord, 'faults'>): DiscordFaults {
  let added: readonly AddedFault[] = [];
  return {
    state: () =>
      added.flatMap((each) => {
        const left = remaining(each);
        return left === 0 ? [] : [{ fault: each.fault, target: each.target, left }];
      }),
    add(fault, target, times) {
      // One rule per request, so that each slow request is released by its own timer.
      const rules = Array.from({ length: times }, () => {
        const rule = faults.add({
          name: fault,
          route: ROUTES[target],
          when: ({ files }) => fault !== 'attachment-missing' || files.length > 0,
          action: ACTIONS[fault],
        });
        if (fault === 'slow') void rule.reached.then(() => releaseLater(rule));
        return rule;
      });
      added = [...added.filter((each) => remaining(each) > 0), { fault, target, rules, times }];
    },
    clear() {
      faults.clear();
      added = [];
    },
  };
}

function releaseLater(fault: Fault): void {
  // Closing the simulation releases held requests, so the timer need not keep the process alive.
  setTimeout(() => fault.release(), SLOW_MS).unref();
}
