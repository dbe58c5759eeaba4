import { Client } from 'pg';
import { expect, it } from 'vitest';
import { errorCode } from '../../src/domain/error-code.ts';
import { backendsOf, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';
import { isEndOf } from './bot-testbed.ts';
import { SERVERS, openSeveral, untilShared } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { spentOn } from './spent-on.ts';
import { ANY_MODEL, createsOf, hasClip, tasksOf } from './video-call.ts';

/** Enough for two processes and what the test asks, and few to fill; three are the superuser's. */
const MAX_CONNECTIONS = 16;

/** Postgres: too many connections. */
const FULL = '53300';

const saysFull = (line: string): boolean =>
  line.includes('no connection to the database yet') && line.includes(FULL);

const RUNNING = 'A ferry at sea';
const REFUSED = 'A ferry in the fog';
const AFTER = 'A ferry at the pier';

/** The server, with databases of a user who may not have the places that are kept for its owner. */
function ofOrdinaryUser(server: PostgresCluster): PostgresCluster {
  return {
    ...server,
    async createDatabase() {
      const url = new URL(await server.createDatabase());
      await server.ask(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ordinary`);
      url.username = 'ordinary';
      return url.href;
    },
  };
}

/** Takes every place that is left; resolves with what gives them back. */
async function takeAllPlaces(url: string): Promise<() => Promise<void>> {
  const clients: Client[] = [];
  for (;;) {
    const client = new Client({ connectionString: url, application_name: 'others' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      clients.push(client);
    } catch (cause) {
      if (errorCode(cause) !== FULL) throw cause;
      return async () => {
        await Promise.all(clients.map(async (one) => one.end()));
      };
    }
  }
}

async function callIn({ testbed }: SharingBots, number: number, prompt: string) {
  const { id: guildId = '', channelId = '' } = SERVERS[number] ?? {};
  return testbed.discord
    .member({ guildId })
    .slash(channelId, 'video', { prompt, model: ANY_MODEL });
}

describeOnPostgres('processes that find no connection left when theirs were cut', (server) => {
  it('say so, and go on with everything once there are some', async () => {
    await server.ask('CREATE ROLE ordinary LOGIN');
    await server.ask(`ALTER SYSTEM SET max_connections = ${MAX_CONNECTIONS}`);
    await server.crash();
    const sharing = await openSeveral(ofOrdinaryUser(server), ['a', 'b'], { taskMs: Infinity });
    const { testbed, bots, url } = sharing;
    const asOwner = url.replace('ordinary', 'owner');
    const running = await Promise.all(
      SERVERS.slice(0, 4).map(async (_one, number) => callIn(sharing, number, RUNNING)),
    );
    await Promise.all(
      running.map(async (call) => call.waitFor(({ text }) => text.includes('Generating'))),
    );

    // They stand still until others have their places.
    const processes = [...bots.running.values()];
    for (const bot of processes) bot.kill('SIGSTOP');
    await server.ask(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'clapper %'",
    );
    await untilTrue(async () => {
      const left = await Promise.all(['a', 'b'].map(async (name) => backendsOf(asOwner, name)));
      return left.flat().length === 0;
    });
    const giveBack = await takeAllPlaces(url);
    for (const bot of processes) bot.kill('SIGCONT');
    await Promise.all(processes.map(async (bot) => bot.waitForLine(saysFull)));
    testbed.providers.knobs.jimmy.taskMs = 0;
    const refused = await callIn(sharing, 0, REFUSED);
    await expect(refused.acknowledged).resolves.toMatchObject({ kind: 'message', ephemeral: true });
    for (const call of running) expect(call.message()).not.toSatisfy(hasClip);

    await giveBack();
    await Promise.all(
      processes.map(async (bot) =>
        bot.waitForLine((line) => line.includes('connected to the database again')),
      ),
    );
    await untilShared(asOwner, 2);
    await Promise.all(running.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
    for (const call of running) expect(call.message()).toSatisfy(hasClip);
    expect(tasksOf(testbed, RUNNING)).toHaveLength(running.length);
    expect(createsOf(testbed, REFUSED)).toEqual([]);
    const all = { videos: running.length, held: 0 };
    for (const kind of ['guild', 'member', 'operator'] as const) {
      await expect(spentOn(asOwner, kind)).resolves.toMatchObject(all);
    }
    const after = await callIn(sharing, 5, AFTER);
    await bots.lineOfAny((line) => line.includes('"task begun"') && line.includes(after.id));
    expect([...bots.running.values()]).toEqual(processes);
  });
});
