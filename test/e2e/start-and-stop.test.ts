import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { createDeferred } from '../../src/simulators/discord/deferred.ts';
import { SCHEMA_VERSION } from '../../src/store/schema/migrations.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { openTestbed, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { nextRequests } from './provider-watch.ts';
import { callVideo, createsOf, hasClip, tasksOf } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed();
  return async () => testbed.close();
});

/** A start that is expected to fail; nothing of it outlives the test. */
function startAlone(env: Readonly<Record<string, string>>): BotProcess {
  const bot = startBotProcess({ env, cwd: testbed.folder });
  onTestFinished(() => bot.kill('SIGKILL'));
  return bot;
}

describe('a start with wrong settings', () => {
  it('names every one that is missing, and exits with 78', async () => {
    const bot = startAlone({});
    expect(await bot.exited).toBe(78);
    expect(bot.lines).toEqual([]);
    expect(bot.errors.map((line) => line.split(':')[0])).toEqual([
      'DISCORD_TOKEN',
      'JIMMY_API_KEY',
    ]);
  });

  it('names every one that is empty as missing', async () => {
    const bot = startAlone({ DISCORD_TOKEN: '', JIMMY_API_KEY: '', ANYFAST_API_KEY: ' ' });
    expect(await bot.exited).toBe(78);
    expect(bot.errors).toHaveLength(2);
  });

  it('names every malformed one in a line each, without its value', async () => {
    const wrong = {
      DISCORD_TOKEN: '"a quoted token"',
      DISCORD_API_URL: 'discord.example',
      DISCORD_GUILD_IDS: '123,my-server',
      JIMMY_API_KEY: 'your-key-here',
      JIMMY_API_URL: 'ftp://jimmy.example',
      ANYFAST_API_KEY: 'two words',
      STORE_URL: 'postgres://somewhere',
      PRICES_FILE: 'no-such-list.json',
      BUDGET_DAY: 'plenty',
      TRUSTED_MEDIA_HOSTS: 'https://media.example/',
      POLL_MIN_MS: '0',
      PROGRESS_EDIT_MS: '-5',
      TASK_TIMEOUT_MINUTES: 'soon',
      MAX_ACTIVE_PER_USER: '1.5',
      SHUTDOWN_SECONDS: '-1',
      SECRET_KEY: 'short',
      RETENTION_DAYS: 'never',
      SHARD_COUNT: '3',
      DISCORD_PUBLIC_KEY: 'public',
      HTTP_PORT: '70000',
      LOG_LEVEL: 'loud',
      LOG_FORMAT: 'xml',
    };
    const bot = startAlone(wrong);
    expect(await bot.exited).toBe(78);
    const named = bot.errors.map((line) => line.split(':')[0] ?? '');
    expect(named.filter((name) => name !== 'PRICES_FILE').toSorted()).toEqual(
      Object.keys(wrong)
        .filter((name) => name !== 'PRICES_FILE')
        .toSorted(),
    );
    expect(bot.errors.join('\n')).toContain('no-such-list.json');
    for (const line of bot.errors) expect(line).toMatch(/^\S+: .+\. .+\.$/);
    for (const secret of ['a quoted token', 'two words', 'short']) {
      expect(bot.errors.join('\n')).not.toContain(secret);
    }
  });

  it('is told of a setting in .env as well', async () => {
    const cwd = join(testbed.folder, 'with-dotenv');
    await mkdir(cwd);
    await writeFile(join(cwd, '.env'), 'JIMMY_API_KEY=sk_from_the_file\nLOG_LEVEL=loud\n');
    const bot = startBotProcess({ env: {}, cwd });
    expect(await bot.exited).toBe(78);
    expect(bot.errors.map((line) => line.split(':')[0])).toEqual(['DISCORD_TOKEN', 'LOG_LEVEL']);
    expect(bot.errors.join('\n')).not.toContain('no .env');
  });

  it('says which command makes an .env where there is none', async () => {
    const bot = startAlone({});
    expect(await bot.exited).toBe(78);
    expect(bot.errors[0]).toContain('there is no .env here. Make one with "cp .env.example .env"');
  });

  it('names every line of .env that is no setting and every misspelt name, without a secret', async () => {
    const cwd = join(testbed.folder, 'with-faulty-dotenv');
    await mkdir(cwd);
    const lines = [
      `DISCORD_TOKEN=${testbed.discord.token}`,
      'JIMMY_API_KEY= ',
      'ANYFAST_API_KEY sk_on_a_stray_line',
      'BUDGET_DAILY=5',
      'COMPOSE_PROJECT_NAME=clapper',
      'LOG_LEVEL=loud',
    ];
    await writeFile(join(cwd, '.env'), lines.join('\n'));
    const env = { DISCORD_GUILD_ID: '42', ANYFAST_KEY: 'sk_by_a_wrong_name', NODE_ENV: 'test' };
    const bot = startBotProcess({ env, cwd });
    expect(await bot.exited).toBe(78);
    expect(bot.errors.map((line) => line.split('. ')[0])).toEqual([
      '.env: line 3 is neither NAME=value nor a comment (is ANYFAST_API_KEY meant?)',
      'BUDGET_DAILY: is no setting (line 4 of .env); the nearest is BUDGET_DAY',
      'DISCORD_GUILD_ID: is no setting; the nearest is DISCORD_GUILD_IDS',
      'ANYFAST_KEY: is no setting; the nearest is ANYFAST_API_KEY',
      'JIMMY_API_KEY: is not set, and neither is ANYFAST_API_KEY or ARK_API_KEY or OPENROUTER_API_KEY, so no provider is on',
      'LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent',
    ]);
    expect(bot.errors.join('\n')).not.toMatch(/sk_|Sandbx/);
  });
});

it('a start with settings that have no effect warns of them and goes on', async () => {
  const STORE_URL = `sqlite://${join(testbed.folder, 'clapper.sqlite')}`;
  const unused = { SHARD_COUNT: '4', INSTANCE: '', HTTPS_PROXY: '' };
  const bot = await testbed.start({ STORE_URL, ...unused });
  const warnings = bot.lines.filter((line) => line.includes('"msg":"questionable setting"'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/"setting":"SHARD_COUNT".*has no effect without postgres:/);
  expect(testbed.discord.gateway.sessions().map(({ shard }) => shard)).toEqual([[0, 1]]);
  await testbed.kill();
});

/** A start that ends with 1 and one line of error; what it tells the operator. */
async function failedStart(env: Readonly<Record<string, string>>): Promise<string> {
  const bot = startAlone({ ...testbed.env, ...env });
  expect(await bot.exited).toBe(1);
  const complaints = bot.lines.filter((line) => line.includes('"level":50'));
  expect(complaints).toHaveLength(1);
  expect(bot.lines.join('\n')).not.toContain(testbed.discord.token);
  return [...bot.errors, ...complaints].join('\n');
}

describe('a start that cannot go on', () => {
  it('for the store is in no folder says so', async () => {
    await writeFile(join(testbed.folder, 'a-file'), 'not a folder');
    const url = `sqlite://${join(testbed.folder, 'a-file', 'clapper.sqlite')}`;
    expect(await failedStart({ STORE_URL: url })).toMatch(/^Clapper could not start: .*\bstore\b/m);
  });

  it('for the store is no database says so', async () => {
    const path = join(testbed.folder, 'poem.sqlite');
    await writeFile(path, 'Roses are red, and this is no database at all. '.repeat(100));
    const told = await failedStart({ STORE_URL: `sqlite://${path}` });
    expect(told).toMatch(/^Clapper could not start: .*\bstore\b/m);
  });

  it('for the store is a folder says so', async () => {
    const path = join(testbed.folder, 'folder.sqlite');
    await mkdir(path);
    const told = await failedStart({ STORE_URL: `sqlite://${path}` });
    expect(told).toMatch(/^Clapper could not start: .*\bstore\b/m);
  });

  it('for the store is of a newer version says so, and leaves it as it is', async () => {
    const path = join(testbed.folder, 'newer.sqlite');
    const mark = { version: SCHEMA_VERSION + 1 };
    const records = await openSqliteRecords(path);
    await records.write([{ key: 'meta:schema', value: mark }]);
    const told = await failedStart({ STORE_URL: `sqlite://${path}` });
    expect(told).toMatch(
      /^Clapper could not start: .*newer version of Clapper.*start that version, or restore/m,
    );
    expect(await records.get('meta:schema')).toEqual(mark);
    expect(await records.keysUnder('')).toEqual(['meta:schema']);
    await records.close();
  });

  it('for Discord refuses the token says so, and asks no second time', async () => {
    const { discord } = testbed;
    const before = discord.requests.length;
    const token = discord.token.replace('Sandbx', 'Forged');
    expect(await failedStart({ DISCORD_TOKEN: token })).toMatch(/Discord refuses DISCORD_TOKEN/);
    const asked = discord.requests.slice(before).map(({ path, status }) => [path, status]);
    expect(asked).toEqual([['/gateway/bot', 401]]);
  });

  it('for the gateway refuses the token says so', async () => {
    const { discord } = testbed;
    const token = discord.token.replace('Sandbx', 'Forged');
    discord.faults.add({
      route: '/gateway/bot',
      action: {
        kind: 'answer',
        status: 200,
        body: {
          url: discord.gatewayUrl,
          shards: 1,
          session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
        },
      },
    });
    expect(await failedStart({ DISCORD_TOKEN: token })).toMatch(/Discord refuses DISCORD_TOKEN/);
  });
});

/** Resolves when the create with this prompt has arrived. */
async function nextCreate(prompt: string): Promise<void> {
  await nextRequests(testbed, ({ body }) => JSON.stringify(body ?? null).includes(prompt));
}

describe('a stop', () => {
  afterEach(async () => {
    testbed.providers.hooks.beforeAnswer = undefined;
    testbed.providers.knobs.jimmy.taskMs = 0;
    await testbed.kill();
  });

  it('by SIGTERM or SIGINT ends with 0', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      // One bot after the other, on one store.
      const bot = await testbed.start();
      bot.kill(signal);
      expect(await bot.exited).toBe(0);
      expect(bot.lines.at(-1)).toContain('"msg":"stopped"');
    }
  });

  it('leaves a command given in the gap to Discord, which says that nobody responded', async () => {
    const before = await testbed.start();
    before.kill('SIGTERM');
    expect(await before.exited).toBe(0);
    const prompt = 'A letter to a closed post office';
    const call = await callVideo(testbed, prompt);
    await testbed.start();
    const later = await testbed.discord.member().slash(testbed.discord.channelId, 'models', {});
    await later.waitFor(({ loading }) => !loading);
    expect(call.acknowledgement()).toBeNull();
    expect(testbed.discord.requests.filter(({ path }) => path.includes(call.id))).toEqual([]);
    expect(tasksOf(testbed, prompt)).toHaveLength(0);
  });

  it('does not wait for a gateway whose line went dead', async () => {
    const bot = await testbed.start();
    testbed.discord.gateway.freeze();
    bot.kill('SIGTERM');
    await bot.waitForLine((line) => line.includes('does not answer the close of the gateway'));
    expect(await bot.exited).toBe(0);
  });

  it('in the middle of a task keeps it for the next start', async () => {
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const bot = await testbed.start();
    const prompt = 'A gardener who takes a break';
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('Generating'));
    bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
    testbed.providers.knobs.jimmy.taskMs = 0;
    await testbed.start();
    await call.waitFor(hasClip);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
  });

  it('waits for the answer to a create that is out', async () => {
    const prompt = 'A postman with one foot in the door';
    const bot = await testbed.start({ SHUTDOWN_SECONDS: '30' });
    const answering = createDeferred();
    testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
      if (purpose === 'create') await answering.promise;
    };
    const arrived = nextCreate(prompt);
    const call = await callVideo(testbed, prompt);
    await arrived;
    bot.kill('SIGTERM');
    await bot.waitForLine((line) => line.includes('"msg":"stopping"'));
    answering.resolve();
    expect(await bot.exited).toBe(0);
    await testbed.start();
    await call.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('does not wait for ever: the create is told as unknown at the next start', async () => {
    const prompt = 'A postman who never comes back';
    const bot = await testbed.start({ SHUTDOWN_SECONDS: '0.1' });
    testbed.providers.knobs.jimmy.create.next({ kind: 'hang', accepts: true });
    const arrived = nextCreate(prompt);
    const call = await callVideo(testbed, prompt);
    await arrived;
    bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
    await testbed.start();
    await call.waitFor(({ text }) => text.includes('never confirmed the request'));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });
});

it('a second process on the same store takes over when the first one stops', async () => {
  const own = await startBotTestbed();
  onTestFinished(async () => own.close());
  const first = own.bot;
  const second = own.start();
  first.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  await second;
  const call = await callVideo(own, 'A relay runner who is in time');
  await call.waitFor(hasClip);
});
