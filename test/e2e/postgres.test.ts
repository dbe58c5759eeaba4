import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { askAt, backendsOf, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';
import { isEndOf, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, hasClip, tasksOf } from './video-call.ts';

const newKey = (): string => randomBytes(32).toString('base64');

let testbed: BotTestbed | undefined;
afterEach(async () => {
  const closing = testbed;
  testbed = undefined;
  await closing?.close();
});

/** A bot with its store in a new database. */
async function startOn(
  server: PostgresCluster,
  env: Readonly<Record<string, string>> = {},
): Promise<BotTestbed> {
  const url = await server.createDatabase();
  testbed = await openTestbed({
    env: { STORE_URL: url, SECRET_KEY: newKey(), INSTANCE: 'one', ...env },
  });
  // They are looked for every second, also while the server is away.
  testbed.expectError(/the operator's requests cannot be read/);
  await testbed.start();
  return testbed;
}

/** Ends every connection of the bot, as a cut line does. */
async function cutAll({ env }: BotTestbed): Promise<void> {
  await askAt(
    env['STORE_URL'] ?? '',
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'clapper %'",
  );
}

/** How often each thing happened that must happen once, when the task has ended. */
async function countsAtTheEnd(bed: BotTestbed, call: InteractionHandle, prompt: string) {
  await call.waitFor(hasClip);
  await bed.bot.waitForLine((line) => isEndOf(line, call.id));
  const clips = bed.discord.messages().filter(hasClip).length;
  return { creates: createsOf(bed, prompt).length, tasks: tasksOf(bed, prompt).length, clips };
}
const ONCE = { creates: 1, tasks: 1, clips: 1 };

describeOnPostgres('a bot with its store on Postgres', (server) => {
  it('killed and started again at once goes on with what it had', async () => {
    const bed = await startOn(server);
    const killed = new Promise<void>((resolve) => {
      bed.providers.hooks.beforeAnswer = async ({ purpose }) => {
        if (purpose !== 'query') return;
        bed.providers.hooks.beforeAnswer = undefined;
        await bed.kill();
        resolve();
      };
    });
    const prompt = 'A kite over the sea';
    const call = await callVideo(bed, prompt);
    await killed;
    await bed.start();
    expect(await countsAtTheEnd(bed, call, prompt)).toEqual(ONCE);
  });

  it('goes on by itself after a crash of the server in the middle of a delivery', async () => {
    const bed = await startOn(server);
    bed.expectError(/could not be (?:read back|written)|step of a task broke/);
    const { pid } = bed.bot;
    const crashed = new Promise<void>((resolve, reject) => {
      const remove = bed.discord.beforeEffect(async ({ files }) => {
        if (files.length === 0) return;
        remove();
        await server.crash().then(resolve, reject);
      });
    });
    const prompt = 'A lighthouse in the storm';
    const call = await callVideo(bed, prompt);
    await crashed;
    expect(await countsAtTheEnd(bed, call, prompt)).toEqual(ONCE);
    expect(bed.bot.pid).toBe(pid);
  });

  it('refuses what is asked for while the server is away, and goes on when it is back', async () => {
    const bed = await startOn(server);
    bed.expectError(/could not be written|store|database/);
    const prompt = 'A lighthouse that went dark';
    await server.crash(async () => {
      const call = await callVideo(bed, prompt);
      const acknowledgement = await call.acknowledged;
      expect(acknowledgement).toMatchObject({ kind: 'message', ephemeral: true });
    });
    await bed.bot.waitForLine((line) => line.includes('connected to the database again'));
    const after = 'A lighthouse after the storm';
    expect(await countsAtTheEnd(bed, await callVideo(bed, after), after)).toEqual(ONCE);
    expect(createsOf(bed, prompt)).toEqual([]);
  });

  it.each([
    ['disk full', '53100'],
    ['statement time-out', '57014'],
  ])('refuses what cannot be written, and goes on: %s', async (_what, code) => {
    const bed = await startOn(server);
    const url = bed.env['STORE_URL'] ?? '';
    bed.expectError(/could not be written/);
    await askAt(
      url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`,
    );
    await askAt(
      url,
      'CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON intent FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    const prompt = 'A snail at a closed gate';
    const acknowledgement = await (await callVideo(bed, prompt)).acknowledged;
    expect(acknowledgement).toMatchObject({ kind: 'message', ephemeral: true });
    await askAt(url, 'DROP TRIGGER refuse ON intent');
    await askAt(
      url,
      'CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON records FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    const begun = await callVideo(bed, prompt);
    await begun.waitFor(({ text }) => text.includes('interrupted before this began'));
    await askAt(url, 'DROP TRIGGER refuse ON records');
    const after = 'A snail at an open gate';
    expect(await countsAtTheEnd(bed, await callVideo(bed, after), after)).toEqual(ONCE);
    expect(createsOf(bed, prompt)).toEqual([]);
  });

  it('loses and doubles nothing when its connections are cut before any request', async () => {
    const bed = await startOn(server);
    bed.expectError(/./);
    for (let nth = 1; nth <= 8; nth += 1) {
      const prompt = `A ferry, crossing number ${nth}`;
      let seen = 0;
      const hook = async (): Promise<void> => {
        seen += 1;
        if (seen === nth) await cutAll(bed);
      };
      const remove = bed.discord.beforeEffect(hook);
      bed.providers.hooks.beforeAnswer = hook;
      const call = await callVideo(bed, prompt);
      const isTold = /interrupted before this began|isn't responding|never confirmed/;
      const acknowledgement = await call.acknowledged;
      if (acknowledgement.kind === 'deferred-message') {
        await call.waitFor((message) => hasClip(message) || isTold.test(message.text));
        await bed.bot.waitForLine((line) => isEndOf(line, call.id));
      }
      remove();
      bed.providers.hooks.beforeAnswer = undefined;
      expect(tasksOf(bed, prompt).length).toBeLessThanOrEqual(1);
      const message = call.message();
      const isDelivered = message !== null && hasClip(message);
      expect(isDelivered ? tasksOf(bed, prompt).length : 1).toBe(1);
    }
    const last = 'A ferry on a calm day';
    await (await callVideo(bed, last)).waitFor(hasClip);
  });

  it('copied to another database holds what was still to be sent, and delivers what runs', async () => {
    const bed = await startOn(server);
    const { knobs } = bed.providers;
    knobs.jimmy.taskMs = Infinity;
    const [running, waiting] = ['A kite in the air', 'A kite on the ground'] as const;
    const flying = await callVideo(bed, running);
    await flying.waitFor(({ text }) => text.includes('Generating'));
    knobs.jimmy.create.always({ kind: 'rate-limited', retryAfterSeconds: 2 });
    const grounded = await callVideo(bed, waiting);
    await grounded.waitFor(({ text }) => text.includes('queue'));
    await bed.kill();
    const sent = createsOf(bed, waiting).length;
    const url = new URL(bed.env['STORE_URL'] ?? '');
    const copy = `copy_of_${url.pathname.slice(1)}`;
    // The server may not have noticed yet that the bot is gone.
    await untilTrue(async () => (await backendsOf(url.href, 'one')).length === 0);
    await server.ask(`CREATE DATABASE ${copy} TEMPLATE ${url.pathname.slice(1)}`);
    url.pathname = `/${copy}`;
    knobs.jimmy.taskMs = 0;
    knobs.jimmy.create.reset();
    const bot = await bed.start({ STORE_URL: url.href });
    expect(bot.lines.some((line) => line.includes('"why":"other-server"'))).toBe(true);
    await grounded.waitFor(({ text }) => text.includes('not sent again'));
    await flying.waitFor(hasClip);
    expect(createsOf(bed, waiting)).toHaveLength(sent);
    expect(tasksOf(bed, running)).toHaveLength(1);
  });

  it('ends where the database is another one than before, for its supervisor to start it', async () => {
    const bed = await startOn(server, { SHUTDOWN_SECONDS: '0' });
    bed.expectError(/cannot go on/);
    const name = new URL(bed.env['STORE_URL'] ?? '').pathname.slice(1);
    await server.ask(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.ask(`CREATE DATABASE ${name}`);
    expect(await bed.bot.exited).toBe(1);
    expect(bed.bot.errors).toEqual([
      expect.stringMatching(/^Clapper cannot go on: the database is on another server now/),
    ]);
    await bed.start();
  });
});
