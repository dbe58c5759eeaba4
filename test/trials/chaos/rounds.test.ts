import { describe, expect, it } from 'vitest';
import { BRIEF } from '../../../src/trials/chaos/pace.ts';
import type { Pace } from '../../../src/trials/chaos/pace.ts';
import { renderFindings } from '../../../src/trials/chaos/render-findings.ts';
import { playRound } from '../../../src/trials/chaos/round.ts';
import type { BotRun } from '../../../src/trials/chaos/supervisor.ts';
import { describeOnPostgres } from '../../fakes/on-postgres.ts';
import { projectRoot } from '../../../src/sandbox/project-root.ts';

/** Enough for two rounds on a busy machine. */
const LIMIT_MS = 120_000;

const NONE = { min: 0, extra: 0 };

/** Little but videos and what is done to the processes. */
const OF_SEVERAL: Pace = {
  ...BRIEF,
  videos: { min: 8, extra: 0 },
  disturbances: NONE,
  companyDisturbances: { min: 2, extra: 0 },
  libraryChance: 0,
  namesChance: 0,
  restoreChance: 0,
  storeKillChance: 0,
  lastKillChance: 0,
  holdKillChance: 0,
  maxPauseMs: 400,
};

/** Whether a process was killed, and another one lived on at least until the next had its place. */
function wasKilledAlone({ seat, sent, sentAtMs = NaN }: BotRun, runs: readonly BotRun[]): boolean {
  const next = runs.find((run) => run.seat === seat && run.startedAtMs > sentAtMs);
  const others = runs.filter((run) => run.seat !== seat && run.startedAtMs < sentAtMs);
  return (
    sent === 'SIGKILL' &&
    next !== undefined &&
    others.some(({ endedAtMs = NaN }) => endedAtMs > next.startedAtMs)
  );
}

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

describeOnPostgres('several processes in random trouble on one database', (cluster) => {
  it(
    'keep their promises',
    async () => {
      const { evidence, ...round } = await playRound({
        // In the midst of it a commit stays unanswered, and later a process is killed.
        seed: 'swan',
        number: 1,
        pace: OF_SEVERAL,
        root: projectRoot(),
        cluster,
        processes: 2,
      });
      expect(round.findings.length === 0 ? '' : renderFindings({ ...round, evidence })).toBe('');
      const { noted, incidents, runs, tasks } = evidence;
      expect(tasks.size).toBeGreaterThan(0);
      const owners = new Set(noted.slots.map(({ owner }) => owner));
      const sharing = noted.members.filter(({ id }) => owners.has(id));
      expect(new Set(sharing.map(({ instance }) => instance)).size).toBe(2);
      const done = incidents.map(({ what }) => what);
      expect(done).toEqual(expect.arrayContaining(['disturbance:silent-commit']));
      expect(runs.some((run) => wasKilledAlone(run, runs))).toBe(true);
    },
    LIMIT_MS,
  );
});
