import { expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { connect } from '../../../src/store/postgres/connection.ts';
import type { Connection } from '../../../src/store/postgres/connection.ts';
import { describeOnPostgres } from '../../fakes/on-postgres.ts';

const keptOn = async ({ ask }: Connection): Promise<readonly unknown[]> =>
  ask('SELECT count(*)::int AS kept FROM pg_prepared_statements');

describeOnPostgres('a connection to Postgres', (server) => {
  const open = async (isDurable = false): Promise<Connection> =>
    connect(
      { url: await server.createDatabase(), instance: 'one', clock: systemClock },
      { connectMs: 2000, answerMs: 5000 },
      { isDurable, over: () => undefined },
    );
  it('has a statement parsed and planned once, whatever its values are', async () => {
    const connection = await open();
    for (const value of [1, 2, 3]) {
      await expect(connection.ask('SELECT $1::int AS n', [value])).resolves.toEqual([{ n: value }]);
    }
    await expect(keptOn(connection)).resolves.toEqual([{ kept: 1 }]);
    await connection.end();
  });

  it('keeps no statement where each waits for a flush', async () => {
    const connection = await open(true);
    await connection.ask('SELECT $1::int AS n', [1]);
    await expect(keptOn(connection)).resolves.toEqual([{ kept: 0 }]);
    await connection.end();
  });

  it('keeps a hundred statements at most', async () => {
    const connection = await open();
    for (let at = 0; at < 105; at += 1) {
      await expect(connection.ask(`SELECT $1::int + ${at} AS n`, [1])).resolves.toEqual([
        { n: 1 + at },
      ]);
    }
    await expect(keptOn(connection)).resolves.toEqual([{ kept: 100 }]);
    await connection.end();
  });

  it.each([
    ['fails', 'SELECT 1 / $1::int AS n', 0, 'division by zero'],
    ['cannot be parsed', 'SELECT $1::nonsense', 'a', 'nonsense'],
  ])('can be asked again after a statement that %s', async (_, sql, value, message) => {
    const connection = await open();
    await expect(connection.ask(sql, [value])).rejects.toThrow(message);
    await expect(connection.ask(sql, [value])).rejects.toThrow(message);
    await expect(connection.ask('SELECT 1 / $1::int AS n', [1])).resolves.toEqual([{ n: 1 }]);
    await connection.end();
  });
});
