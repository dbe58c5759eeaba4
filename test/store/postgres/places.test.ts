import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Seen, SeenMember } from '../../../src/store/postgres/member-rows.ts';
import { createMemberViews } from '../../../src/store/postgres/member-views.ts';
import { countedOf, placesOf } from '../../../src/store/postgres/places.ts';

const RENEW_MS = 10;

function member(id: string, over: Partial<SeenMember> = {}): SeenMember {
  return { id, instance: id, sinceUs: 0, isLeaving: false, counts: undefined, ...over };
}

/** Members that have all counted each other for long. */
function settled(count: number): SeenMember[] {
  const ids = Array.from({ length: count }, (_, index) => `m${index}`);
  return ids.map((id, index) => member(id, { sinceUs: index, counts: ids }));
}

describe('places of one member', () => {
  it.each([
    [8, 1, [8]],
    [8, 2, [4, 4]],
    [8, 3, [2, 2, 2]],
    [2, 3, [1, 1, 0]],
    [1, 3, [1, 0, 0]],
  ])('of %i for %i members are %j', (limit, count, places) => {
    const all = settled(count);
    expect(all.map(({ id }) => placesOf(limit, id, all, []))).toEqual(places);
  });

  it.each<[string, SeenMember[]]>([
    ['it is not there', [member('b', { counts: ['b'] })]],
    ['it has not said whom it counts', [member('a')]],
    ['it leaves', [member('a', { counts: ['a'], isLeaving: true })]],
    [
      'another one does not count it',
      [member('a', { counts: ['a', 'b'] }), member('b', { counts: ['b'] })],
    ],
  ])('are none while %s', (_what, now) => {
    expect(placesOf(8, 'a', now, [])).toBe(0);
  });

  it('stay as few for a while after another member was removed', () => {
    const [a, b] = [member('a', { counts: ['a', 'b'] }), member('b', { sinceUs: -1 })];
    expect(countedOf([a], [a, b])).toEqual(['b', 'a']);
    expect(placesOf(8, 'a', [a], [a, b])).toBe(4);
    expect(placesOf(8, 'a', [a], [a])).toBe(8);
  });
});

/** A member that enters now, and what it has after each of its renewals. */
function newMember() {
  let atMs = 0;
  const views = createMemberViews({ elapsed: () => atMs }, 'b', {
    renewMs: RENEW_MS,
    fitsShare: () => true,
  });
  const see = (
    members: readonly SeenMember[],
    removedAgoMs?: number,
    removedAfterMs?: number,
  ): number => {
    views.add({ members, removedAgoMs, removedAfterMs }, atMs);
    return views.placesOf(8);
  };
  return { views, see, pass: (ms: number) => void (atMs += ms) };
}

describe('places of a new member', () => {
  const [self, alone] = [member('b'), member('b', { counts: ['b'] })];

  it('are all of them as soon as it has said whom it counts, where none was removed lately', () => {
    const { views, see } = newMember();
    expect([see([self], 2 * RENEW_MS), views.isUnsaid()]).toEqual([0, true]);
    expect([see([self], 2 * RENEW_MS), views.isUnsaid()]).toEqual([0, true]);
    expect([see([alone], 2 * RENEW_MS), views.isUnsaid()]).toEqual([8, false]);
  });

  it.each<[string, SeenMember[], number]>([
    ['before it came', [self], 0],
    ['between its first renewals', [self, member('a', { counts: ['a'] })], 9 * RENEW_MS],
  ])(
    'are none as long as one that was removed %s may use its own',
    (_when, first, removedAgoMs) => {
      const { see, pass, views } = newMember();
      see(first, removedAgoMs);
      see([self], 0);
      see([alone], 0);
      pass(RENEW_MS);
      expect(see([alone], RENEW_MS)).toBe(0);
      pass(RENEW_MS - 1);
      expect(views.placesOf(8)).toBe(0);
      pass(1);
      expect(see([alone], 2 * RENEW_MS)).toBe(8);
    },
  );

  it('are those that creates of the dead leave, once it has taken up everything alone', () => {
    const { views, see, pass } = newMember();
    expect([see([self], 0), see([self], 0), see([alone], 0)]).toEqual([0, 0, 0]);
    views.foundAll(3);
    expect(views.placesOf(8)).toBe(0);
    expect(see([alone], 1)).toBe(5);
    pass(2 * RENEW_MS);
    expect(see([alone], 2 * RENEW_MS)).toBe(8);
  });

  it('are these also where it has seen the dead one first', () => {
    const { views, see } = newMember();
    const [dead, counted] = [
      member('a', { counts: ['a'] }),
      member('b', { counts: ['a', 'b'], sinceUs: 1 }),
    ];
    expect([see([dead, self]), see([dead, self]), see([dead, counted])]).toEqual([0, 0, 0]);
    views.foundAll(0);
    expect(see([counted], 0)).toBe(8);
  });

  it.each<[string, SeenMember[], number | undefined]>([
    ['another one is there', [alone, member('c')], undefined],
    ['two were removed one after the other', [alone], RENEW_MS],
  ])('are none as long, whatever it has found, where %s', (_when, members, afterMs) => {
    const { views, see, pass } = newMember();
    for (const seen of [self, self, alone]) see([seen], 0, afterMs);
    views.foundAll(0);
    expect(see(members, 0, afterMs)).toBe(0);
    expect(see([alone], 0, afterMs)).toBe(0);
    pass(2 * RENEW_MS);
    expect(see([alone], 2 * RENEW_MS, afterMs)).toBe(8);
  });

  it('are none as long, where it has not said whom it counts when it took everything up', () => {
    const { views, see } = newMember();
    see([self], 0);
    views.foundAll(0);
    expect([see([self], 0), see([alone], 0)]).toEqual([0, 0]);
  });
});

/** A process as the model knows it; its renewals are read, written and answered at different instants. */
interface Process {
  readonly id: string;
  readonly views: ReturnType<typeof createMemberViews>;
  /** The rows that a renewal has read, and what it is about to write. */
  sent: { readonly atMs: number; counts?: readonly string[]; seen?: Seen } | undefined;
  step: 'rest' | 'sent' | 'read' | 'written';
  isDead: boolean;
}

/**
 * A model of the table and the processes. Each event moves one process by one step, so that snapshots,
 * commits and answers of different renewals mix in any order, with any delay.
 */
function createModel(limit: number) {
  let atMs = 0;
  let next = 0;
  let removedAtMs = -Infinity;
  const rows = new Map<string, SeenMember>();
  const processes: Process[] = [];
  const clock = { elapsed: () => atMs };
  const snapshot = (): SeenMember[] => [...rows.values()];

  const steps = {
    rest(process: Process) {
      process.sent = { atMs };
      const counts = process.views.counts();
      if (counts !== undefined) process.sent.counts = counts;
      process.step = 'sent';
    },
    sent(process: Process) {
      if (process.sent === undefined) return;
      const removedAgoMs = atMs - removedAtMs;
      process.sent.seen = { members: snapshot(), removedAgoMs, removedAfterMs: undefined };
      process.step = 'read';
    },
    read(process: Process) {
      const row = rows.get(process.id);
      const counts = process.sent?.counts;
      // Without its row it is fenced.
      if (row === undefined) process.isDead = true;
      else rows.set(process.id, { ...row, counts });
      process.step = 'written';
    },
    written(process: Process) {
      const { seen, atMs: sentAtMs = 0 } = process.sent ?? {};
      if (seen !== undefined) process.views.add(seen, sentAtMs);
      process.step = 'rest';
    },
  };
  return {
    enter() {
      const id = `m${next}`;
      next += 1;
      // Age is no order of entry: one that comes again after a cut keeps it.
      rows.set(id, member(id, { sinceUs: (next * 7) % 5 }));
      const views = createMemberViews(clock, id, { renewMs: RENEW_MS, fitsShare: () => true });
      processes.push({
        id,
        views,
        sent: undefined,
        step: 'rest',
        isDead: false,
      });
    },
    move(nth: number) {
      const process = processes[nth % Math.max(1, processes.length)];
      if (process !== undefined && !process.isDead) steps[process.step](process);
    },
    /** All of them finish the step that they are at, and renew; then it is time for the next renewal. */
    round() {
      for (let step = 0; step < 4; step += 1) {
        for (const process of processes) if (!process.isDead) steps[process.step](process);
      }
      atMs += RENEW_MS;
    },
    /** One renews whenever it can, while the others do nothing: they are paused. */
    goOnAlone(nth: number, check: () => void) {
      for (let time = 0; time < 6; time += 1) {
        for (let step = 0; step < 4; step += 1) this.move(nth);
        check();
        atMs += RENEW_MS / 2;
      }
    },
    /** Its row is removed, as by others that find its lock free; it does not know. */
    remove(nth: number) {
      const { id = '' } = processes[nth % Math.max(1, processes.length)] ?? {};
      if (rows.delete(id)) removedAtMs = atMs;
    },
    pass(ms: number) {
      atMs += ms;
    },
    sum: () =>
      processes
        .filter(({ isDead }) => !isDead)
        .reduce((sum, { views }) => sum + views.placesOf(limit), 0),
  };
}

type Event =
  | { readonly kind: 'enter' | 'round' }
  | { readonly kind: 'move' | 'remove' | 'pass' | 'goOnAlone'; readonly value: number };

const plain = (kind: 'enter' | 'round') => fc.constant<Event>({ kind });
const numbered = (kind: 'move' | 'remove' | 'goOnAlone') =>
  fc.record({ kind: fc.constant(kind), value: fc.nat(5) });

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: plain('enter') },
  { weight: 10, arbitrary: plain('round') },
  { weight: 2, arbitrary: numbered('remove') },
  { weight: 5, arbitrary: numbered('goOnAlone') },
  { weight: 20, arbitrary: numbered('move') },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      value: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

describe('the sum of all places', () => {
  it('never exceeds the limit, whoever comes and goes, and however late a renewal is', () => {
    let shared = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(event, { maxLength: 100, size: 'max' }),
        (limit, events) => {
          const model = createModel(limit);
          const check = (): void => expect(model.sum()).toBeLessThanOrEqual(limit);
          for (const one of events) {
            if ('value' in one) model[one.kind](one.value, check);
            else model[one.kind]();
            check();
            if (model.sum() > 0) shared += 1;
          }
        },
      ),
      { numRuns: 1000 },
    );
    // That none had any place would prove nothing.
    expect(shared).toBeGreaterThan(100);
  });

  it('leaves out one that came and was removed between two views of a late member', () => {
    const model = createModel(8);
    const check = (): void => expect(model.sum()).toBeLessThanOrEqual(8);
    model.enter();
    for (let step = 0; step < 4; step += 1) model.move(0);
    model.pass(RENEW_MS);
    model.enter();
    model.goOnAlone(1, check);
    expect(model.sum()).toBeGreaterThan(0);
    model.remove(1);
    model.goOnAlone(0, check);
    model.goOnAlone(0, check);
    expect(model.sum()).toBe(8);
  });

  it.each([0, 1])('leaves out what a removed member may still use, with %i new ones', (added) => {
    const model = createModel(8);
    model.enter();
    model.enter();
    for (let round = 0; round < 6; round += 1) model.round();
    const renew = (nth: number): void => {
      for (let step = 0; step < 4; step += 1) model.move(nth);
    };
    // The first one renews, is paused then, and removed; the second one and the new one go on.
    renew(0);
    model.remove(0);
    if (added > 0) model.enter();
    renew(1);
    if (added > 0) for (let twice = 0; twice < 2; twice += 1) renew(2);
    for (let round = 0; round < 6; round += 1) {
      expect(model.sum()).toBeLessThanOrEqual(8);
      model.pass(RENEW_MS);
      for (let nth = 1; nth <= 1 + added; nth += 1) renew(nth);
    }
    expect(model.sum()).toBe(8);
  });

  it('is the whole limit, or as near as equal shares come, once all have renewed', () => {
    const model = createModel(8);
    for (let count = 1; count <= 5; count += 1) {
      model.enter();
      for (let round = 0; round < 6; round += 1) {
        model.round();
        expect(model.sum()).toBeLessThanOrEqual(8);
      }
      expect(model.sum()).toBe(count * Math.floor(8 / count));
    }
  });
});
