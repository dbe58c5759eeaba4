import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../../src/store/records/group-commit.ts';
import type { Row } from '../../../src/store/records/group-commit.ts';
import { settle } from '../../fakes/clock.ts';

const rows = (name: string, count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ key: name, value: String(index) }));
function failure(): void {
  throw new Error('disk full');
}

describe('commits that share a flush', () => {
  it('take what came while one was under way, in order', async () => {
    const commits: string[][] = [];
    const releases: (() => void)[] = [];
    const write = createGroupCommit(async (group) => {
      commits.push(group.map(({ key }) => key));
      await new Promise<void>((resolve) => {
        releases.push(resolve);
      });
    });
    const written = ['a', 'b', 'c'].map(async (name) => write(rows(name, 1)));
    await settle();
    expect(commits).toEqual([['a']]);
    releases[0]?.();
    await settle();
    expect(commits).toEqual([['a'], ['b', 'c']]);
    releases[1]?.();
    await Promise.all(written);
  });

  it('fail together and leave later ones alone', async () => {
    let turn = 0;
    const write = createGroupCommit(async () => {
      turn += 1;
      if (turn === 2) failure();
    });
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map(async (name) => write(rows(name, 1))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(write(rows('d', 1))).resolves.toBeUndefined();
  });

  it('never split a batch nor change the order, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 700 }), pause: fc.boolean() }), {
          minLength: 1,
          maxLength: 20,
        }),
        async (plan) => {
          const commits: Row[][] = [];
          const write = createGroupCommit(async (group) => {
            commits.push([...group]);
            await settle(1);
          });
          const written: Promise<void>[] = [];
          for (const [index, { size, pause }] of plan.entries()) {
            written.push(write(rows(`b${index}`, size)));
            if (pause) await settle(1);
          }
          await Promise.all(written);
          expect(commits.flat()).toEqual(
            plan.flatMap(({ size }, index) => rows(`b${index}`, size)),
          );
          const places = new Map<string, Set<number>>();
          for (const [at, group] of commits.entries()) {
            for (const { key } of group) {
              places.set(key, (places.get(key) ?? new Set()).add(at));
            }
          }
          expect([...places.values()].filter(({ size }) => size !== 1)).toEqual([]);
          const tooLarge = commits.filter(
            (group) => group.length > 1000 && new Set(group.map(({ key }) => key)).size > 1,
          );
          expect(tooLarge).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
