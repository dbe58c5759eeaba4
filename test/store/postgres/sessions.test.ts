import { Client } from 'pg';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../src/app/system-clock.ts';
import { Fenced } from '../../../src/store/postgres/fenced.ts';
import { createPostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import { InstanceInUse } from '../../../src/store/postgres/session.ts';
import type { PostgresSession } from '../../../src/store/postgres/session.ts';
import { openSessions } from '../../../src/store/postgres/sessions.ts';
import type { Sessions, SessionsOptions } from '../../../src/store/postgres/sessions.ts';
import { lockStart } from '../../../src/store/postgres/start-lock.ts';
import {
  askAt,
  backendsOf,
  cutBackend,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';

const pidRows = z.tuple([z.object({ pid: z.number() })]);
const LIMITS = { connectMs: 2000, answerMs: 5000, leaseMs: 15_000 };

async function ended({ onEnd }: PostgresSession): Promise<string> {
  return new Promise((resolve) => {
    onEnd(resolve);
  });
}

async function idsAt(url: string): Promise<unknown[]> {
  return (await askAt(url, 'SELECT id FROM member ORDER BY id')).map(({ id }) => id);
}

describeOnPostgres('sessions on Postgres', (server) => {
  let members = 0;
  const openAt = async (url: string, options: Partial<SessionsOptions> = {}): Promise<Sessions> =>
    openSessions({
      url,
      instance: 'one',
      clock: systemClock,
      limits: LIMITS,
      newMember() {
        members += 1;
        return `m-${members}`;
      },
      ...options,
    });
  it.each([0, 1, 2])('replaces the whole session when connection %s of it is cut', async (nth) => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    const first = sessions.current();
    await askAt(url, 'UPDATE slot SET owner = $1 WHERE n < 3', [first.member]);
    const over = ended(first);
    await cutBackend(url, (await backendsOf(url, 'one'))[nth] ?? 0);
    await expect(over).resolves.toBe('cut');
    expect(() => sessions.current()).toThrow('is cut');
    await expect(first.commit('SELECT 1')).rejects.toThrow('is over');
    const second = await sessions.open();
    expect(second.member).not.toBe(first.member);
    expect(second.movedSlots.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    await expect(idsAt(url)).resolves.toEqual([second.member]);
    expect(sessions.current()).toBe(second);
    await sessions.close();
    await expect(idsAt(url)).resolves.toEqual([]);
  });

  it.each(['cut', 'fenced'] as const)(
    'can be read by what is dropped once it was %s, before anything is committed again',
    async (how) => {
      const url = await server.createDatabase();
      const read: string[] = [];
      let isFirst = true;
      // What was decided by the session before ends with such a read.
      const drop = async (): Promise<void> => {
        const session = await sessions.open();
        await session.read('SELECT 1');
        expect(() => sessions.current()).toThrow('is cut');
        read.push(session.member);
      };
      const sessions = await openAt(url, {
        watcher: {
          entered: () => undefined,
          beforeUse: async () => {
            if (!isFirst && how === 'cut') await drop();
            isFirst = false;
          },
          inUse: () => undefined,
          fenced: drop,
        },
      });
      const first = sessions.current();
      const over = ended(first);
      if (how === 'fenced') first.endFenced();
      else await cutBackend(url, (await backendsOf(url, 'one'))[0] ?? 0);
      await over;
      await expect.poll(() => read).toHaveLength(1);
      await expect.poll(async () => (await sessions.open()).member).toBe(read[0]);
      expect(read[0]).not.toBe(first.member);
      await sessions.close();
    },
  );

  it('begins only when a commit of the session before has ended', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    const { member, commit, read, onEnd } = sessions.current();
    const FENCED = `WITH fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE)
      INSERT INTO records SELECT 'late', pg_sleep(1)::text FROM fence`;
    const [{ pid }] = pidRows.parse(await read('SELECT pg_backend_pid() AS pid'));
    const late = commit(FENCED, [member]).catch(() => 'unknown');
    await untilTrue(async () => {
      const running = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
      return (await askAt(url, running)).length > 0;
    });
    const over = new Promise((resolve) => {
      onEnd(resolve);
    });
    await cutBackend(url, pid);
    await over;
    const next = await sessions.open();
    // Its row is there or not for good by now; here it is, because nothing but the line was cut.
    await expect(next.read("SELECT 1 FROM records WHERE key = 'late'")).resolves.toHaveLength(1);
    await expect(late).resolves.toBe('unknown');
    await sessions.close();
  });

  it('never commits what was decided under the session before', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    const records = createPostgresRecords(sessions);
    const { member } = sessions.current();
    const blocker = new Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE records IN SHARE MODE');
    // The first is on its way, the second waits behind it.
    const writes = Promise.allSettled(
      ['a', 'b'].map(async (key) => records.write([{ key, value: 1 }])),
    );
    await untilTrue(async () => {
      const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
      return (await askAt(url, waiting)).length > 0;
    });
    for (const pid of await backendsOf(url, 'one')) await cutBackend(url, pid);
    expect((await writes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = await sessions.open();
    expect(next.member).not.toBe(member);
    await blocker.query('COMMIT');
    await blocker.end();
    await records.write([{ key: 'c', value: 1 }]);
    await expect(records.getMany(['a', 'b', 'c'])).resolves.toEqual([undefined, undefined, 1]);
    await sessions.close();
  });

  it('does not move slots that another member has by now', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    const { member } = sessions.current();
    await askAt(url, "UPDATE slot SET owner = CASE n WHEN 0 THEN $1 ELSE 'other' END WHERE n < 2", [
      member,
    ]);
    await askAt(url, 'DELETE FROM member');
    await cutBackend(url, (await backendsOf(url, 'one'))[0] ?? 0);
    await untilTrue(async () => (await sessions.open().catch(() => undefined))?.member !== member);
    expect((await sessions.open()).movedSlots).toEqual([0]);
    await sessions.close();
  });

  it('goes on trying while the server is away', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    const over = ended(sessions.current());
    await server.crash();
    await over;
    await untilTrue(async () =>
      sessions.open().then(
        () => true,
        () => false,
      ),
    );
    await expect((await sessions.open()).read('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    await sessions.close();
  });

  it('ends for good, without a watcher, when others have removed its member', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    expect(sessions.current().endFenced()).toBeInstanceOf(Fenced);
    expect(() => sessions.current()).toThrow(Fenced);
    await expect(sessions.open()).rejects.toThrow(Fenced);
    await sessions.close();
  });

  it('refuses a name in use once a lease has passed, and takes over a dead one at once', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    const limits = { ...LIMITS, leaseMs: 1 };
    await expect(openAt(url, { limits })).rejects.toThrow(InstanceInUse);
    await sessions.close();
    // One that was killed: its row is there, and the lock that it held is free.
    await askAt(
      url,
      `INSERT INTO member (id, instance, since, entered, until, leaving, lock_key)
       VALUES ('dead', 'one', now(), now(), now() + interval '1 hour', false, 7)`,
    );
    const next = await openAt(url, { limits });
    await expect(idsAt(url)).resolves.toEqual([next.current().member]);
    await next.close();
  });

  it('waits for the name of one that leaves', async () => {
    const url = await server.createDatabase();
    const sessions = await openAt(url);
    let pauses = 0;
    const after: typeof systemClock.after = (ms, then) => {
      pauses += 1;
      return systemClock.after(ms, then);
    };
    const waiting = openAt(url, { clock: { ...systemClock, after } });
    await untilTrue(async () => pauses > 0);
    await sessions.close();
    const next = await waiting;
    await expect(idsAt(url)).resolves.toEqual([next.current().member]);
    await next.close();
  });

  it('says that a database cannot be reached, without the password', async () => {
    const opening = openAt('postgres://owner:sesame@127.0.0.1:1/none');
    await expect(opening).rejects.toThrow(/ECONNREFUSED/);
    await expect(opening).rejects.not.toThrow(/sesame/);
  });

  it('lets one process start at a time', async () => {
    const url = await server.createDatabase();
    const [one, two] = await Promise.all([openAt(url), openAt(url, { instance: 'two' })]);
    const started = await lockStart(one.current(), systemClock, 0);
    await expect(lockStart(two.current(), systemClock, 0)).rejects.toThrow('starting for 0 ms');
    const waiting = lockStart(two.current(), systemClock, 30_000);
    await started();
    await (
      await waiting
    )();
    // A start that dies leaves nothing behind.
    await lockStart(one.current(), systemClock, 0);
    await one.close();
    await (
      await lockStart(two.current(), systemClock, 30_000)
    )();
    await two.close();
  });
});
