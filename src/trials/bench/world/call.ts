import { createDeferred } from '../../../simulators/discord/deferred.ts';

/** A command that was sent; times by `performance.now()`. */
export interface Call {
  readonly id: string;
  readonly sentAt: number;
  /** When its first answer arrived. */
  readonly acknowledged: Promise<number>;
  /** When its message was first edited. */
  readonly edited: Promise<number>;
  /** When its message got a file. */
  readonly delivered: Promise<number>;
  /** The number of its requests so far, including the acknowledgement. */
  readonly requests: () => number;
  /** Their bodies, where Discord keeps them; the first is the acknowledgement's. */
  readonly bodies: readonly string[];
}

/** The same call with Discord's controls. */
export interface OpenCall {
  readonly call: Call;
  readonly acknowledge: () => void;
  readonly edit: () => void;
  readonly deliver: () => void;
  /** Counts a request; `body` where it is kept. */
  readonly count: (body?: string) => void;
}

export function openCall(id: string): OpenCall {
  const acknowledged = createMoment();
  const edited = createMoment();
  const delivered = createMoment();
  const bodies: string[] = [];
  let requests = 0;
  return {
    call: {
      id,
      sentAt: performance.now(),
      acknowledged: acknowledged.reached,
      edited: edited.reached,
      delivered: delivered.reached,
      requests: () => requests,
      bodies,
    },
    acknowledge: acknowledged.reach,
    edit: edited.reach,
    deliver: delivered.reach,
    count(body) {
      requests += 1;
      if (body !== undefined) bodies.push(body);
    },
  };
}

/** Creates a promise for the first time that something happens. */
function createMoment(): { readonly reached: Promise<number>; readonly reach: () => void } {
  const { promise, resolve } = createDeferred();
  let at: number | undefined;
  return {
    reached: promise.then(() => at ?? Number.NaN),
    reach: () => {
      at ??= performance.now();
      resolve();
    },
  };
}
