import type { BotRun } from './supervisor.ts';

/** The lease of a process of several in a round, in milliseconds; a decision needs two seconds of it. */
export const LEASE_MS = 3000;

/** The times of a membership with that lease, in milliseconds. */
export function leaseTimesOf(leaseMs: number) {
  return {
    limits: { connectMs: 1500, answerMs: 1500, leaseMs },
    pace: { renewMs: 400, checkMs: 200, marginMs: 200 },
  };
}

/** A process that stood still, in milliseconds of real time. */
export interface Standstill {
  readonly run: BotRun;
  readonly fromMs: number;
  toMs: number;
}

/** A timer of this process that was late: the machine is busy, which must not give findings. */
interface Delay {
  readonly atMs: number;
  readonly lateMs: number;
}

/** What is done to several processes on one database. */
export interface Company {
  readonly suspensions: Standstill[];
  /** Ends the troubles that last; each is called once. */
  readonly endings: Set<() => void>;
  readonly delays: readonly Delay[];
  /** Whether nothing more is to fail. */
  isOver(): boolean;
  /** Ends the troubles that last, for good. */
  calm(): void;
  close(): void;
}

const TICK_MS = 100;
const NOTED_LATE_MS = 50;

export function startCompany(): Company {
  const delays: Delay[] = [];
  const endings = new Set<() => void>();
  let isOver = false;
  let last = performance.now();
  const ticking = setInterval(() => {
    const now = performance.now();
    const lateMs = now - last - TICK_MS;
    last = now;
    if (lateMs > NOTED_LATE_MS) delays.push({ atMs: Date.now(), lateMs });
  }, TICK_MS);
  return {
    suspensions: [],
    endings,
    delays,
    isOver: () => isOver,
    calm() {
      isOver = true;
      for (const end of endings) end();
    },
    close() {
      clearInterval(ticking);
    },
  };
}
