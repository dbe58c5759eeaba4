import { describe, expect, it } from 'vitest';
import { LEASE_MS } from '../../../src/trials/chaos/company.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import { judgeCompany } from '../../../src/trials/chaos/judge-company.ts';
import type { BotRun } from '../../../src/trials/chaos/supervisor.ts';
import { aRun, cleanEvidence } from './clean-evidence.ts';

const READY = ['{"msg":"ready"}'];
const DIED_AT = 100_000;

function runOf(seat: string, changes: Partial<BotRun> = {}): BotRun {
  const { sent: _, end: __, ...run } = aRun(READY);
  return { ...run, seat, startedAtMs: 1, ...changes };
}

/** Two processes, of which the first one, with slot 7, is killed; the other one has it after so long. */
function aDeath(takenAfterMs: number | undefined, changes: Partial<Evidence> = {}): Evidence {
  const taken = { at: DIED_AT + (takenAfterMs ?? 0), n: 7, former: 'm1', owner: 'm2' };
  return cleanEvidence({
    runs: [
      runOf('p1', { sent: 'SIGKILL', sentAtMs: DIED_AT, endedAtMs: DIED_AT, end: 'SIGKILL' }),
      runOf('p2'),
    ],
    noted: {
      members: [
        { at: 10, id: 'm1', instance: 'p1', gone: DIED_AT + 300 },
        { at: 10, id: 'm2', instance: 'p2', gone: null },
      ],
      slots: [
        { at: 20, n: 7, former: null, owner: 'm1' },
        ...(takenAfterMs === undefined ? [] : [taken]),
      ],
      strays: [],
    },
    ...changes,
  });
}

const kindsOf = (evidence: Evidence): string[] => judgeCompany(evidence).map(({ kind }) => kind);

describe('several processes', () => {
  it('may take over the slots of one that died at once', () => {
    expect(kindsOf(aDeath(400))).toEqual([]);
  });

  it.each([[60_000], [undefined]])('must not take them over after %s ms', (afterMs) => {
    expect(kindsOf(aDeath(afterMs))).toEqual(['broken']);
  });

  it('may be late while the server is away, while they stand still, and on a busy machine', () => {
    const incidents = [{ what: 'disturbance:crash-database', atMs: DIED_AT - 100 }];
    expect(kindsOf(aDeath(undefined, { incidents }))).toEqual([]);
    const base = aDeath(undefined);
    const [, other] = base.runs;
    if (other === undefined) throw new Error('there is no other process');
    const suspensions = [{ run: other, fromMs: DIED_AT - 10, toMs: DIED_AT + LEASE_MS }];
    expect(kindsOf({ ...base, suspensions })).toEqual([]);
    const delays = [{ atMs: DIED_AT, lateMs: 500 }];
    expect(kindsOf(aDeath(6000, { delays }))).toEqual([]);
  });

  it('must take over the slots of one that stands still for long', () => {
    const base = aDeath(undefined);
    const runs = [runOf('p1'), runOf('p2')];
    const [run] = runs;
    if (run === undefined) throw new Error('there is no process');
    const suspensions = [{ run, fromMs: DIED_AT, toMs: DIED_AT + 10 * LEASE_MS }];
    expect(kindsOf({ ...base, runs, suspensions })).toEqual(['broken']);
  });

  it('must write nothing of a slot of another one', () => {
    const stray = { at: DIED_AT, key: 'clapper:task:1', slot: 7, member: 'm1', owner: 'm2' };
    const base = aDeath(400);
    const noted = { ...base.noted, strays: [stray] };
    expect(kindsOf({ ...base, noted })).toEqual(['doubled']);
  });

  it('may write of any guild before it has slots, when no other is there', () => {
    const stray = { at: 15, key: 'clapper:task:1', slot: 7, member: 'm2', owner: null };
    const base = aDeath(400);
    const noted = { ...base.noted, strays: [stray] };
    expect(kindsOf({ ...base, noted })).toEqual([]);
  });
});
