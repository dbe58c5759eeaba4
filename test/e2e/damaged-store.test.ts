import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL } from './video-call.ts';

let testbed: BotTestbed;
let ada: MemberActor;
let admin: MemberActor;
let keys: readonly string[];

const storeOf = (folder: string): string => join(folder, 'clapper.sqlite');

/** A run of a day in short: a limit, a video, one whose money is held, and one that is being made. */
beforeAll(async () => {
  testbed = await openTestbed({ env: { SHUTDOWN_SECONDS: '1' } });
  testbed.expectError(/^damaged record quarantined/);
  const { discord, providers } = testbed;
  ada = discord.member();
  admin = discord.member({ permissions: 0x20n });
  await testbed.start();
  const limit = { measure: 'videos', window: 'day', limit: '3' };
  await answerOf(admin, 'quota set everyone', limit, /^Limit set: /);
  await answerOf(ada, 'video', ask('A kite that comes down'), /Done$/);
  providers.knobs.jimmy.create.next({ kind: 'server-error' });
  await answerOf(ada, 'video', ask('A kite in a tree'), /never confirmed the request/);
  providers.knobs.jimmy.taskMs = Infinity;
  const call = await ada.slash(discord.channelId, 'video', ask('A kite that is still up'));
  await call.waitFor(({ text }) => text.includes('Generating'));
  await testbed.kill();
  const records = await openSqliteRecords(storeOf(testbed.folder));
  keys = oneOfEach(await records.keysUnder(''));
  await records.close();
});
afterAll(async () => testbed.close());

const ask = (prompt: string) => ({ prompt, model: ANY_MODEL });

/** All about money, and one of each further kind: damaged-records.test.ts has them all. */
function oneOfEach(all: readonly string[]): string[] {
  return all.filter((key, index) => all.findIndex((one) => kindOf(one) === kindOf(key)) === index);
}

const kindOf = (key: string): string =>
  /^(?:account|journal|meta|task):/.test(key) ? key : (key.split(':')[0] ?? '');

/** Waits until somebody is told this. */
async function answerOf(
  who: MemberActor,
  command: string,
  options: Readonly<Record<string, string | boolean>>,
  told: RegExp,
): Promise<void> {
  const call = await who.slash(testbed.discord.channelId, command, options);
  await call.waitFor(
    ({ loading, content, text }) =>
      // An answer made of Components V2 has no content.
      !loading && told.test(content === '' ? text : content),
  );
}

/** Nobody is let past the limit that was used up, and others go on: in a closed server when it is opened. */
async function useIt(damaged: string): Promise<void> {
  const isClosed = damaged === `guild:${testbed.discord.guildId}`;
  const refusal = isClosed ? /settings and limits were damaged/ : /limit for .* reached/;
  await answerOf(ada, 'video', ask('A kite too many'), refusal);
  if (isClosed) {
    await answerOf(admin, 'settings show', {}, /Closed since/);
    await answerOf(admin, 'settings set money', { reopen: true }, /^Open/);
  }
  await answerOf(testbed.discord.member(), 'video', ask('A kite of another'), /Done$/);
}

/** The store of that run, one of its rows cut short, in a folder of its own. */
async function cutShort(key: string, name: string): Promise<Record<string, string>> {
  const folder = join(testbed.folder, name);
  mkdirSync(folder);
  copyFileSync(storeOf(testbed.folder), storeOf(folder));
  copyFileSync(join(testbed.folder, 'secret.key'), join(folder, 'secret.key'));
  const raw = new KeyvSqlite({ uri: `sqlite://${storeOf(folder)}`, table: 'records' });
  await raw.query(
    'UPDATE records SET value = substr(value, 1, length(value) / 2) WHERE key = ?',
    `clapper:${key}`,
  );
  await raw.close();
  return { STORE_URL: `sqlite://${storeOf(folder)}`, DATA_DIR: folder };
}

it('starts with any one record damaged, says which, lets nobody past a limit and makes videos', async () => {
  expect(keys.length).toBeGreaterThan(15);
  const told: string[] = [];
  for (const [index, key] of keys.entries()) {
    /* oxlint-disable no-await-in-loop -- one bot after the other */
    // The kite stays up until the check is over: what has ended by then leaves no mark to be damaged.
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const bot = await testbed.start(await cutShort(key, `copy-${index}`));
    await bot.waitForLine((line) => line.includes('"msg":"records checked"'));
    testbed.providers.knobs.jimmy.taskMs = 0;
    await useIt(key);
    const isTold = bot.lines.some(
      (line) => /damaged record quarantined/.test(line) && line.includes(`"record":"${key}"`),
    );
    if (isTold) told.push(key);
    await testbed.kill();
    /* oxlint-enable no-await-in-loop */
  }
  expect(told).toEqual(keys);
}, 300_000);
