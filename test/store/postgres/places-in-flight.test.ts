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
}

/** A table of members, and processes that send creates as far as their places go. */
function createModel(limit: number) {
  let atMs = 0;
  let entered = 0;
  let removedAtMs = -Infinity;
  let rows: SeenMember[] = [];
  let processes: Process[] = [];
  const clock = { elapsed: () => atMs, now: () => atMs };
  const countOf = ({ inFlight }: Process, provider: string): number =>
    inFlight.get(provider)?.length ?? 0;
  const remove = ({ id }: Process): void => {
    rows = rows.filter((row) => row.id !== id);
    processes = processes.filter((process) => process.id !== id);
  };
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
      processes.push({ ...process, isLeaving: false });
    },
    /** It dies, and its connections with it. */
    kill(process: Process) {
      remove(process);
      removedAtMs = atMs;
    },
    leave(process: Process) {
      process.isLeaving = true;
      const isIdle = PROVIDERS.every((provider) => countOf(process, provider) === 0);
      if (isIdle) remove(process);
    },
    renew(process: Process) {
      // What one statement has read is older than what it writes.
      const seen = rows;
      const { id, isLeaving, views } = process;
      const counts = views.counts();
      rows = rows.map((row) => (row.id === id ? { ...row, isLeaving, counts } : row));
      views.add({ members: seen, removedAgoMs: atMs - removedAtMs }, atMs);
    },
    begin({ queues, inFlight }: Process, provider: string) {
      if (queues.blockedUntil(provider) !== undefined) return;
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
      PROVIDERS.map((provider) =>
        processes.reduce((sum, process) => sum + countOf(process, provider), 0),
      ),
  };
}

const nth = fc.nat(29);
const doing = (event: 'kill' | 'leave' | 'renew' | 'begin' | 'end' | 'busy') =>
  fc.record({ event: fc.constant(event), nth });

const EVENTS = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ event: 'enter' as const, nth: 0 }) },
  { weight: 1, arbitrary: doing('kill') },
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
    { numRuns: 300 },
  );
  // That nothing was ever sent would prove nothing.
  expect([most > 5, shared > 100]).toEqual([true, true]);
});
