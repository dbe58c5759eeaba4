import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLost } from '../../../src/domain/tasks/match-lost.ts';
import type { ListedTask, LostCreate } from '../../../src/domain/tasks/match-lost.ts';

const lostCreate = (taskId: string, changes: Partial<LostCreate> = {}): LostCreate => ({
  taskId,
  from: 0,
  until: 100,
  facts: { model: 'm' },
  ...changes,
});
const listedTask = (providerTaskId: string, changes: Partial<ListedTask> = {}): ListedTask => ({
  providerTaskId,
  createdAt: 50,
  facts: { model: 'm' },
  ...changes,
});

/** The matches as text. */
function matches(lost: readonly LostCreate[], listed: readonly ListedTask[]): string[] {
  return [...matchLost(lost, listed)]
    .map(([taskId, { providerTaskId }]) => `${taskId}=${providerTaskId}`)
    .toSorted();
}

describe('a lost create', () => {
  it('is the one listed task that it can be', () => {
    expect(matches([lostCreate('a')], [listedTask('x')])).toEqual(['a=x']);
  });

  it.each<[string, Partial<ListedTask>]>([
    ['was made before', { createdAt: -1 }],
    ['was made after', { createdAt: 101 }],
    ['has another model', { facts: { model: 'other' } }],
    ['has another length', { facts: { model: 'm', duration: '6' } }],
  ])('is none that %s', (_what, changes) => {
    const lost = lostCreate('a', { facts: { model: 'm', duration: '5' } });
    expect(matches([lost], [listedTask('x', changes)])).toEqual([]);
    expect(matches([lost], [listedTask('x', changes), listedTask('y')])).toEqual(['a=y']);
  });

  it('may be one that does not tell everything yet', () => {
    const lost = lostCreate('a', { facts: { model: 'm', duration: '5' } });
    expect(matches([lost], [listedTask('x', { facts: {} })])).toEqual(['a=x']);
  });

  it('is the same one that the list shows twice', () => {
    expect(matches([lostCreate('a')], [listedTask('x'), listedTask('x')])).toEqual(['a=x']);
  });

  it('is none of several, and none that another one may be as well', () => {
    expect(matches([lostCreate('a')], [listedTask('x'), listedTask('y')])).toEqual([]);
    expect(matches([lostCreate('a'), lostCreate('b')], [listedTask('x')])).toEqual([]);
    expect(matches([lostCreate('a'), lostCreate('b')], [listedTask('x'), listedTask('y')])).toEqual(
      [],
    );
  });

  it('is found where only one way is left for all', () => {
    const early = lostCreate('a', { until: 50 });
    const late = lostCreate('b');
    const listed = [listedTask('x', { createdAt: 40 }), listedTask('y', { createdAt: 60 })];
    expect(matches([late, early], listed)).toEqual(['a=x', 'b=y']);
    // Without the second one the first may be either's.
    expect(matches([late, early], listed.slice(0, 1))).toEqual([]);
  });
});

const FACTS = fc.record({ model: fc.constantFrom('m', 'n'), duration: fc.constantFrom('4', '5') });
const SOME_FACTS = fc.record(
  { model: fc.constantFrom('m', 'n'), duration: fc.constantFrom('4', '5') },
  { requiredKeys: ['model'] },
);
const LOST = fc
  .array(fc.record({ from: fc.nat(4), length: fc.nat(3), facts: FACTS }), { maxLength: 5 })
  .map((all) =>
    all.map(({ from, length, facts }, n) =>
      lostCreate(`t${n}`, { from, until: from + length, facts }),
    ),
  );
const LISTED = fc
  .array(fc.record({ createdAt: fc.nat(7), facts: SOME_FACTS }), { maxLength: 5 })
  .map((all) => all.map((one, n) => listedTask(`p${n}`, one)));

const canBe = ({ from, until, facts }: LostCreate, { createdAt, facts: told }: ListedTask) =>
  createdAt >= from &&
  createdAt <= until &&
  Object.entries(facts).every(([field, value]) => (told[field] ?? value) === value);

/** Every way to give each of these creates a task of its own. */
function ways(lost: readonly LostCreate[], listed: readonly ListedTask[]): string[][] {
  const [first, ...rest] = lost;
  if (first === undefined) return [[]];
  return listed
    .filter((task) => canBe(first, task))
    .flatMap((task) =>
      ways(
        rest,
        listed.filter((other) => other !== task),
      ).map((way) => [`${first.taskId}=${task.providerTaskId}`, ...way]),
    );
}

/** By trying everything: the creates and tasks that hang together, each with its ways. */
function byTrying(lost: readonly LostCreate[], listed: readonly ListedTask[]): string[] {
  const left = new Set(lost);
  const found: string[] = [];
  for (const start of lost) {
    if (!left.has(start)) continue;
    const creates = new Set([start]);
    const tasks = new Set<ListedTask>();
    for (let size = -1; size !== creates.size + tasks.size;) {
      size = creates.size + tasks.size;
      for (const task of listed) if ([...creates].some((one) => canBe(one, task))) tasks.add(task);
      for (const one of lost) if ([...tasks].some((task) => canBe(one, task))) creates.add(one);
    }
    for (const one of creates) left.delete(one);
    const all = creates.size === tasks.size ? ways([...creates], [...tasks]) : [];
    if (all.length === 1) found.push(...(all[0] ?? []));
  }
  return found.toSorted();
}

describe('any lost creates and any list', () => {
  it('match where there is exactly one way, and nowhere else', () => {
    fc.assert(
      fc.property(LOST, LISTED, (lost, listed) => {
        expect(matches(lost, listed)).toEqual(byTrying(lost, listed));
      }),
      { numRuns: 2000 },
    );
  });

  it('match alike in any order and shown any number of times', () => {
    fc.assert(
      fc.property(LOST, LISTED, fc.boolean(), (lost, listed, isTwice) => {
        const other = isTwice ? [...listed, ...listed] : listed;
        expect(matches(lost.toReversed(), other.toReversed())).toEqual(matches(lost, listed));
      }),
    );
  });

  it('never give two creates one task, or one create two', () => {
    fc.assert(
      fc.property(LOST, LISTED, (lost, listed) => {
        const found = [...matchLost(lost, listed).values()];
        expect(new Set(found).size).toBe(found.length);
        for (const [taskId, task] of matchLost(lost, listed)) {
          const create = lost.find((one) => one.taskId === taskId);
          expect(create !== undefined && canBe(create, task)).toBe(true);
        }
      }),
    );
  });

  it('match nothing where a list is absurdly long', () => {
    const listed = Array.from({ length: 2001 }, (_, n) => listedTask(`p${n}`));
    expect(matches([lostCreate('a')], listed)).toEqual([]);
  });
});
