import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeenMember } from '../../../src/store/postgres/member-rows.ts';
import { createMemberViews } from '../../../src/store/postgres/member-views.ts';
import { createProviderQueues } from '../../../src/worker/scheduling/provider-queues.ts';
import type { ProviderQueues } from '../../../src/worker/scheduling/provider-queues.ts';
import { fitsPlaces } from '../../../src/worker/scheduling/fits-places.ts';

const RENEW_MS = 10;
const PROVIDERS = ['jimmy', 'anyfast'] as const;

/** A process of which each renewal is one event; its creates end whenever they like. */
interface Process {
  readonly id: string;
  readonly views: ReturnType<typeof createMemberViews>;
  readonly queues: ProviderQueues;
  readonly inFlight: Map<string, (() => void)[]>;
  isLeaving: boolean;
  /** Nothing is sent for servers of others. */
  hasSlots: boolean;
}

/** The creates of a process that is gone. */
interface Left {
  readonly counts: readonly number[];
  /** Until when they may be in flight. */
  readonly untilMs: number;
  /** Whether the records say that they are being sent, until the next owner has read them. */
  isRecorded: boolean;
}

/** A table of members, and processes that send creates as far as their places go. */
function createModel(limit: number) {
  let atMs = 0;
  let entered = 0;
  let removedAtMs = -Infinity;
  let removedBeforeMs = -Infinity;
  let hasOneLeft = false;
  const left: Left[] = [];
  let rows: SeenMember[] = [];
  let processes: Process[] = [];
  const clock = { elapsed: () => atMs, now: () => atMs };
  const countOf = ({ inFlight }: Process, provider: string): number =>
    inFlight.get(provider)?.length ?? 0;
  const remove = ({ id }: Process): void => {
    rows = rows.filter((row) => row.id !== id);
    processes = processes.filter((process) => process.id !== id);
  };
  const countsOf = (process: Process): number[] =>
    PROVIDERS.map((provider) => countOf(process, provider));
  /** Others find its lock free. Those that live have its slots at once, and read what it was sending. */
  const removeDead = (process: Process, untilMs: number): void => {
    remove(process);
    [removedBeforeMs, removedAtMs, hasOneLeft] = [removedAtMs, atMs, false];
    left.push({ counts: countsOf(process), untilMs, isRecorded: !processes.some(hasAny) });
  };
  const hasAny = ({ hasSlots }: Process): boolean => hasSlots;
  const events = {
    enter() {
      entered += 1;
      const id = `m${entered}`;
      rows.push({ id, instance: id, sinceUs: entered, isLeaving: false, counts: undefined });
      let queues: ProviderQueues | undefined;
      const fitsShare = (members: number): boolean =>
        queues === undefined || fitsPlaces(queues, limit)(members);
      const views = createMemberViews(clock, id, { renewMs: RENEW_MS, fitsShare });
      queues = createProviderQueues(clock, () => views.placesOf(limit));
      const process = { id, views, queues, inFlight: new Map() };
      processes.push({ ...process, isLeaving: false, hasSlots: false });
    },
    /** It dies, and its connections with it. */
    kill(process: Process) {
      removeDead(process, -Infinity);
    },
    /** It loses its connections, and can begin nothing any more. */
    cut(process: Process) {
      removeDead(process, atMs + 2 * RENEW_MS);
    },
    /** Slots that are free, or that others hand over. */
    take(process: Process) {
      if (process.isLeaving || process.hasSlots) return;
      process.hasSlots = true;
      const recorded = left.filter(({ isRecorded }) => isRecorded);
      for (const one of recorded) one.isRecorded = false;
      if (processes.some((other) => other !== process && other.hasSlots)) return;
      process.views.foundAll(recorded.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0));
    },
    leave(process: Process) {
      process.isLeaving = true;
      const isIdle = PROVIDERS.every((provider) => countOf(process, provider) === 0);
      if (!isIdle) return;
      remove(process);
      hasOneLeft = true;
    },
    renew(process: Process) {
      // What one statement has read is older than what it writes.
      const seen = rows;
      const { id, isLeaving, views } = process;
      const counts = views.counts();
      rows = rows.map((row) => (row.id === id ? { ...row, isLeaving, counts } : row));
      const removedAfterMs = hasOneLeft ? 0 : removedAtMs - removedBeforeMs;
      views.add({ members: seen, removedAgoMs: atMs - removedAtMs, removedAfterMs }, atMs);
    },
    begin({ queues, inFlight, hasSlots }: Process, provider: string) {
      if (!hasSlots || queues.blockedUntil(provider) !== undefined) return;
      const end = queues.startCreate(provider);
      if (end !== undefined) inFlight.set(provider, [...(inFlight.get(provider) ?? []), end]);
    },
    end({ queues, inFlight }: Process, provider: string) {
      inFlight.get(provider)?.pop()?.();
      queues.recordNotBusy(provider);
    },
    busy({ queues, inFlight }: Process, provider: string) {
      const end = inFlight.get(provider)?.pop();
      end?.();
      if (end !== undefined) queues.recordBusy(provider, atMs + 5);
    },
  };
  return {
    enter(): void {
      events.enter();
    },
    pass(ms: number) {
      atMs += ms;
    },
    do(event: Exclude<keyof typeof events, 'enter'>, nth: number) {
      const process = processes[nth % Math.max(1, processes.length)];
      if (process !== undefined) events[event](process, PROVIDERS[nth % 2] ?? 'jimmy');
    },
    count: () => processes.length,
    inFlight: () =>
      PROVIDERS.map((provider, at) =>
        [
          ...processes.map((process) => countOf(process, provider)),
          ...left.map(({ counts, untilMs }) => (atMs < untilMs ? (counts[at] ?? 0) : 0)),
        ].reduce((a, b) => a + b, 0),
      ),
  };
}

const nth = fc.nat(29);
const doing = (event: 'kill' | 'cut' | 'take' | 'leave' | 'renew' | 'begin' | 'end' | 'busy') =>
  fc.record({ event: fc.constant(event), nth });

const EVENTS = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ event: 'enter' as const, nth: 0 }) },
  { weight: 1, arbitrary: doing('kill') },
  { weight: 1, arbitrary: doing('cut') },
  { weight: 6, arbitrary: doing('take') },
  { weight: 2, arbitrary: doing('leave') },
  { weight: 30, arbitrary: doing('renew') },
  { weight: 30, arbitrary: doing('begin') },
  { weight: 12, arbitrary: doing('end') },
  { weight: 3, arbitrary: doing('busy') },
  {
    weight: 12,
    arbitrary: fc.record({
      event: fc.constant('pass' as const),
      nth: fc.integer({ min: 1, max: 9 }),
    }),
  },
);

it('never more creates are in flight than all processes may have, whoever comes and goes', () => {
  let most = 0;
  let shared = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(EVENTS, { maxLength: 500, size: 'max' }),
      (limit, events) => {
        const model = createModel(limit);
        for (const { event, nth: value } of events) {
          if (event === 'enter') model.enter();
          else if (event === 'pass') model.pass(value);
          else model.do(event, value);
          const sum = Math.max(...model.inFlight());
          expect(sum).toBeLessThanOrEqual(limit);
          most = Math.max(most, sum);
          if (model.count() > 1 && sum > 1) shared += 1;
        }
      },
    ),
    { numRuns: 400 },
  );
  // That nothing was ever sent would prove nothing.
  expect([most > 5, shared > 100]).toEqual([true, true]);
});
