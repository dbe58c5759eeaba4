import { describe, expect, it } from 'vitest';
import { BRIEF } from '../../../src/trials/chaos/pace.ts';
import { renderFindings } from '../../../src/trials/chaos/render-findings.ts';
import { playRound } from '../../../src/trials/chaos/round.ts';
import { describeOnPostgres } from '../../fakes/on-postgres.ts';
import { projectRoot } from '../../../src/sandbox/project-root.ts';

/** Enough for two rounds on a busy machine. */
const LIMIT_MS = 120_000;

describe('the bot in random trouble', () => {
  // They include a restore of each kind, days with a budget, and videos made from others.
  it.each(['one', 'five', 'six', 'seven'])(
    'keeps its promises with seed %s',
    async (seed) => {
      let tasks = 0;
      for (const number of [1, 2]) {
        const round = await playRound({ seed, number, pace: BRIEF, root: projectRoot() });
        tasks += round.evidence.tasks.size;
        expect(round.findings.length === 0 ? '' : renderFindings(round)).toBe('');
      }
      // One round alone may end with a copy of the store that has none.
      expect(tasks).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );
});

describeOnPostgres('the bot in random trouble with its store on Postgres', (cluster) => {
  it(
    'keeps its promises',
    async () => {
      // A copy of the store is restored in it.
      const round = await playRound({
        seed: 'base',
        number: 1,
        pace: BRIEF,
        root: projectRoot(),
        cluster,
      });
      expect(round.findings.length === 0 ? '' : renderFindings(round)).toBe('');
      expect(round.evidence.restore).toBeDefined();
    },
    LIMIT_MS,
  );
});
