import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { createAdmission } from '../../../src/store/postgres/admission.ts';
import { createPostgresIntents } from '../../../src/store/postgres/postgres-intents.ts';
import { openPostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import type { PostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { APPLICATION_ID, GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { recordingLog } from '../../fakes/log.ts';
import { startTransactionPooler } from '../../fakes/transaction-pooler.ts';
import { WHOLE_STORE_LOCK } from '../../../src/store/postgres/whole-store-lock.ts';
import {
  askAt,
  backendsOf,
  cutBackend,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';

const anIntent = (number: number, memberId = MEMBER_ID) => ({
  interactionId: String(1_300_000_000_000_000_000n + BigInt(number)),
  taskId: String(1_400_000_000_000_000_000n + BigInt(number)),
  applicationId: APPLICATION_ID,
  interactionToken: `token-${number}`,
  memberId,
  language: 'zh-CN' as const,
  at: 1000 + number,
});

function intentsOf(records: PostgresRecords, key = 1) {
  const log = recordingLog();
  const cipher = createCipher(new Uint8Array(32).fill(key));
  return { log, ...createPostgresIntents({ light: records.light, cipher, log }) };
}

/** How many wait for a lock in the server. */
async function waiting(url: string): Promise<number> {
  const rows = await askAt(
    url,
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
  );
  return rows.length;
}

describeOnPostgres('one process on a database', (cluster) => {
  let members = 0;
  const newMember = (): string => {
    members += 1;
    return `m-${members}`;
  };

  interface Opened {
    readonly records: PostgresRecords;
    readonly fatal: string[];
  }

  /** Opens a database as a process does; a wait for another one is over at once. */
  async function openAt(
    url: string,
    waitMs = 0,
    {
      stopping = new AbortController().signal,
      mayReturn,
    }: { readonly stopping?: AbortSignal; readonly mayReturn?: () => boolean } = {},
  ): Promise<Opened> {
    const fatal: string[] = [];
    const { admit } = createAdmission({
      againMs: 0,
      wait: {
        waitMs,
        stopping,
        elapsed: () => performance.now(),
        sleep: async () => undefined,
      },
      onFatal: (reason) => fatal.push(reason),
      ...(mayReturn && { mayReturn }),
    });
    return {
      records: await openPostgresRecords({
        url,
        instance: 'one',
        clock: systemClock,
        newMember,
        admit,
      }),
      fatal,
    };
  }

  const cut = async (url: string) =>
    cluster.ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
      [new URL(url).pathname.slice(1)],
    );

  it('keeps a second one out until it ends', async () => {
    const url = await cluster.createDatabase();
    const { records } = await openAt(url);
    await expect(openAt(url)).rejects.toThrow(/another process uses this database/);
    const next = openAt(url, 60_000);
    await records.close();
    await (await next).records.close();
  });

  it.each([
    ['', false],
    [' while it stops', true],
  ])('has the database again after its connections were cut%s', async (_when, stops) => {
    const url = await cluster.createDatabase();
    const stopping = new AbortController();
    const { records, fatal } = await openAt(url, 0, { stopping: stopping.signal });
    if (stops) stopping.abort();
    for (let round = 0; round < 3; round += 1) {
      await cut(url);
      // A write never waits for the next connection: it rejects until that is in use.
      await untilTrue(async () =>
        records.write([{ key: 'a', value: round }]).then(
          () => true,
          () => false,
        ),
      );
      // The server may have taken the write before it ended the connection.
      await untilTrue(async () => (await records.get('a').catch(() => undefined)) === round);
      await expect(openAt(url)).rejects.toThrow(/another process/);
    }
    expect(fatal).toEqual([]);
    await records.close();
  });

  it('ends when it is cut off before it has started', async () => {
    const url = await cluster.createDatabase();
    let hasStarted = false;
    const { records, fatal } = await openAt(url, 0, { mayReturn: () => hasStarted });
    await cut(url);
    await untilTrue(async () => fatal.length > 0);
    expect(fatal[0]).toMatch(/cut off while this process was starting/);
    await expect(records.write([{ key: 'a', value: 'late' }])).rejects.toThrow(/cut/);
    hasStarted = true;
    await records.close();
  });

  it('ends when another one has taken the database meanwhile', async () => {
    const url = await cluster.createDatabase();
    const { records, fatal } = await openAt(url);
    // Waits in the server, so that it has the lock as soon as that is free.
    const taken = askAt(url, 'SELECT pg_advisory_lock($1, $2), pg_sleep(1)', WHOLE_STORE_LOCK);
    await untilTrue(async () => (await waiting(url)) > 0);
    for (const pid of await backendsOf(url, 'one')) await cutBackend(url, pid);
    await untilTrue(async () => fatal.length > 0);
    expect(fatal[0]).toBe('another process uses the database now');
    await expect(records.write([{ key: 'a', value: 'late' }])).rejects.toThrow(
      /connection|another/,
    );
    await taken;
    await records.close();
  });

  it.each([
    ['SET default_transaction_read_only = on', /only read/],
    ['SET synchronous_commit = off', /synchronous_commit is off/],
  ])('refuses a database with %s', async (setting, told) => {
    const url = await cluster.createDatabase();
    await askAt(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} ${setting}`);
    await expect(openAt(url)).rejects.toThrow(told);
  });

  it('refuses a pooler that gives connections away after each transaction', async () => {
    const pooler = await startTransactionPooler(await cluster.createDatabase());
    try {
      await expect(openAt(pooler.url)).rejects.toThrow(/a pooler in between.*session pooling/);
    } finally {
      await pooler.close();
    }
  });

  it('refuses another encoding', async () => {
    await cluster.ask("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    const url = new URL(cluster.url);
    url.pathname = '/latin';
    await expect(openAt(url.href)).rejects.toThrow(/encoding is LATIN1/);
  });

  /** What the next process finds. */
  async function foundAfter(url: string, before: PostgresRecords, key = 1) {
    await before.close();
    const { records } = await openAt(url, 60_000);
    const intents = intentsOf(records, key);
    return { intents, records, found: await intents.leftOver() };
  }

  describe('its intents', () => {
    it('are found by the next start, but for those closed or of a deleted member', async () => {
      const url = await cluster.createDatabase();
      const { records } = await openAt(url);
      const intents = intentsOf(records);
      const other = '222222222222222222';
      for (const number of [1, 2]) await intents.append(anIntent(number), GUILD_ID);
      await intents.append(anIntent(3, other), GUILD_ID);
      await intents.append(anIntent(4), GUILD_ID);
      // Delivered twice by Discord.
      await intents.append(anIntent(1), GUILD_ID);
      intents.close(anIntent(2).interactionId);
      // Lost in a crash of the server, and written again.
      await intents.append(anIntent(6), GUILD_ID);
      const { interactionId: lost } = anIntent(6);
      await askAt(url, 'DELETE FROM intent WHERE interaction = $1', [lost]);
      await intents.keep(anIntent(6), GUILD_ID);
      await intents.deleteMember(other);
      await expect(intents.leftOver()).resolves.toEqual([]);
      const next = await foundAfter(url, records);
      expect(next.found.map(({ interactionId }) => interactionId).toSorted()).toEqual(
        [1, 4, 6].map((number) => anIntent(number).interactionId),
      );
      expect(next.found).toContainEqual(anIntent(4));
      await next.intents.append(anIntent(5), GUILD_ID);
      await next.intents.dropLeftOver(next.found);
      const last = await foundAfter(url, next.records);
      expect(last.found).toEqual([anIntent(5)]);
      await last.records.close();
    });

    it('are dropped when they are old, by the time of the database', async () => {
      const url = await cluster.createDatabase();
      const { records } = await openAt(url);
      const intents = intentsOf(records);
      await intents.append(anIntent(1), GUILD_ID);
      await intents.append(anIntent(2), GUILD_ID);
      await askAt(
        url,
        `UPDATE intent SET at = at - interval '16 minutes' WHERE interaction = '${anIntent(1).interactionId}'`,
      );
      await intents.cut();
      const next = await foundAfter(url, records);
      expect(next.found).toEqual([anIntent(2)]);
      await next.records.close();
    });

    it('sealed with another key are skipped, and no token is in the table', async () => {
      const url = await cluster.createDatabase();
      const { records } = await openAt(url);
      await intentsOf(records).append(anIntent(1), GUILD_ID);
      const rows = await records.light(() => ['SELECT * FROM intent', []]);
      expect(JSON.stringify(rows)).not.toContain('token-1');
      const next = await foundAfter(url, records, 2);
      expect(next.found).toEqual([]);
      expect(next.intents.log.lines.map(({ message }) => message)).toEqual([
        'damaged intents are skipped',
      ]);
      await next.records.close();
    });
  });
});
