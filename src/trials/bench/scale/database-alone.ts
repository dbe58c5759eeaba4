import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../app/system-clock.ts';
import type { StoredRecord } from '../../../app/ports/record-store-port.ts';
import type { PostgresCluster } from '../../../sandbox/postgres-cluster.ts';
import { openPostgresRecords } from '../../../store/postgres/postgres-records.ts';
import type { PostgresRecords } from '../../../store/postgres/postgres-records.ts';
import { createCipher } from '../../../store/records/cipher.ts';
import { journalRecord } from '../../../store/tasks/journal.ts';
import { claimKey, memberKey, openKey } from '../../../store/tasks/task-keys.ts';
import { toRecord } from '../../../store/tasks/task-record.ts';
import { createTaskMaker } from '../bench-tasks.ts';
import { medianWithSpread } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { alternate, ratioOf } from '../pairs.ts';

/** So many tasks of each session wait for their commit at any time. */
const CALLERS = 64;

/** How long, and how often, it is measured; a turn in milliseconds. */
export interface AloneExtent {
  readonly sessions: readonly number[];
  readonly rounds: number;
  readonly turnMs: number;
}

/**
 * Measures how many first records of tasks a second the server takes from several members, each with a
 * fenced session of its own, against one. This process writes them for all, without a bot: it is what the
 * server alone carries.
 */
export async function measureDatabaseAlone(
  cluster: PostgresCluster,
  { sessions, rounds, turnMs }: AloneExtent,
): Promise<Figure[]> {
  const url = await cluster.createDatabase();
  const stores: PostgresRecords[] = [];
  try {
    for (let number = 0; number < Math.max(...sessions); number += 1) {
      const instance = `alone-${number}`;
      stores.push(
        await openPostgresRecords({ url, instance, clock: systemClock, newMember: randomUUID }),
      );
    }
    const write = createWriter();
    const perSecond = async (count: number): Promise<number> =>
      write(stores.slice(0, count), turnMs);
    const figures: Figure[] = [];
    const ofOne: number[] = [];
    for (const count of sessions.filter((one) => one > 1)) {
      const pairs = await alternate(rounds, {
        ours: async () => perSecond(count),
        theirs: async () => perSecond(1),
      });
      ofOne.push(...pairs.map(({ theirs }) => theirs));
      figures.push({
        name: `the server alone, first records a second of ${count}`,
        ...ratioOf(pairs, (tasks) => tasks),
        reference: 'one session',
      });
    }
    const unit = 'tasks';
    const name = 'the server alone, first records a second of one';
    return [...figures, { name, ...medianWithSpread(ofOne), unit, reference: 'nothing' }];
  } finally {
    await Promise.all(stores.map(async (store) => store.close()));
  }
}

/** Creates a function that writes new tasks by all stores for a while; resolves with how many a second. */
function createWriter() {
  const cipher = createCipher(new Uint8Array(32));
  const make = createTaskMaker();
  let serial = 0;
  const nextRows = (): StoredRecord[] => {
    const task = make({
      serial: (serial += 1),
      owner: serial,
      acceptedAt: Date.now(),
      stage: { name: 'acknowledging' },
      money: 'reserved',
      promptChars: 300,
    });
    return [
      toRecord(cipher, task),
      { key: claimKey(task.interactionId), value: task.id },
      { key: openKey(task.id), value: task.guildId },
      { key: memberKey(task), value: { guildId: task.guildId, month: task.journalMonth } },
      ...journalRecord(task),
    ];
  };
  return async (stores: readonly PostgresRecords[], forMs: number): Promise<number> => {
    const startedAt = performance.now();
    const until = startedAt + forMs;
    let written = 0;
    const caller = async (store: PostgresRecords): Promise<void> => {
      while (performance.now() < until) {
        await store.write(nextRows());
        written += 1;
      }
    };
    await Promise.all(
      stores.flatMap((store) => Array.from({ length: CALLERS }, async () => caller(store))),
    );
    return (written / (performance.now() - startedAt)) * 1000;
  };
}
