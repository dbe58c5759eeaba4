import { copyFileSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { ApiRequest } from '../../src/simulators/discord/rest/request.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { placeOf } from '../../src/store/postgres/place-of.ts';
import { runTool } from '../backup/run-tool.ts';
import type { ToolRun } from '../backup/run-tool.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, endedMessage, hasClip } from './video-call.ts';

const NOT_SURE = 'not sure whether';
const BUSY = { kind: 'rate-limited', retryAfterSeconds: 2 } as const;
const isWaiting = ({ buttons, text }: MessageView): boolean =>
  buttons.length > 0 && text.includes('queue');

describeOnPostgres('a store that was moved', (cluster) => {
  let testbed: BotTestbed;
  let now: Record<string, string>;
  afterEach(async () => testbed.close());

  const tool = async (
    name: 'move' | 'backup' | 'doctor',
    ...given: readonly string[]
  ): Promise<ToolRun> =>
    runTool(name, { env: { ...testbed.env, ...now }, cwd: testbed.folder }, ...given);

  /** Starts the bot on a store, and fails unless it comes up. */
  const startOn = async (settings: Record<string, string>): Promise<void> => {
    now = settings;
    await testbed.start(settings);
  };

  const queued = async (prompt: string): Promise<InteractionHandle> => {
    testbed.providers.knobs.jimmy.create.always(BUSY);
    const call = await callVideo(testbed, prompt);
    await call.waitFor(isWaiting);
    return call;
  };

  const made = async (call: InteractionHandle, prompt: string): Promise<void> => {
    testbed.providers.knobs.jimmy.create.reset();
    await call.waitFor(hasClip);
    // The busy answers before it made nothing.
    const creates = createsOf(testbed, prompt);
    expect(creates.length).toBeGreaterThan(0);
  };

  const secretKey = (): string => readFileSync(join(testbed.folder, 'secret.key'), 'utf8').trim();

  it('goes on where it went with what was waiting, and back, and is refused where it was', async () => {
    testbed = await openTestbed();
    const first = `sqlite://${join(testbed.folder, 'clapper.sqlite')}`;
    await startOn({ STORE_URL: first });
    const call = await queued('a kite that moves');
    // A bot that runs is not moved away from.
    const url = await cluster.createDatabase();
    const early = await tool('move', first, url);
    expect([early.code, early.errors]).toEqual([1, expect.stringContaining('stop it first')]);
    await testbed.kill();

    const there = await tool('move', first, url);
    expect(there).toMatchObject({ code: 0, errors: '' });
    const onPostgres = { STORE_URL: url, SECRET_KEY: secretKey() };
    const refused = await tool('backup');
    expect(refused.errors).toContain(`the database was moved to ${placeOf(url)}`);
    expect((await tool('doctor')).out).toContain(
      `fault    database: it was moved to ${placeOf(url)}.`,
    );
    const starting = testbed.start({ STORE_URL: first });
    await expect(starting).rejects.toThrow('the bot ended');
    expect(await testbed.bot.exited).toBe(1);
    expect(testbed.bot.lines.join('\n')).toContain(`the database was moved to ${placeOf(url)}`);
    testbed.expectError(/could not start|the database was moved/);

    await startOn(onPostgres);
    await made(call, 'a kite that moves');
    expect(testbed.bot.lines.some((line) => line.includes('restored'))).toBe(false);
    const second = await queued('a kite on its way home');
    await testbed.kill();

    const home = `sqlite://${join(testbed.folder, 'home.sqlite')}`;
    expect(await tool('move', url, home)).toMatchObject({ code: 0, errors: '' });
    await startOn({ ...onPostgres, STORE_URL: home });
    await made(second, 'a kite on its way home');
    expect(testbed.bot.lines.some((line) => line.includes('restored'))).toBe(false);
    await testbed.kill();
  });

  /** Kills the bot when the reply of a new call stands, and it has recorded nothing of it. */
  const killedAtReply = async (prompt: string): Promise<InteractionHandle> => {
    const dead = new Promise<void>((resolve) => {
      const remove = testbed.discord.beforeAnswer(async ({ path }: ApiRequest) => {
        if (!path.endsWith('/callback')) return;
        remove();
        await testbed.kill();
        resolve();
      });
    });
    const call = await callVideo(testbed, prompt);
    await dead;
    expect(call.message()?.loading).toBe(true);
    return call;
  };

  const beganNothing = async (call: InteractionHandle, prompt: string): Promise<void> => {
    const { text } = await call.waitFor((message) => !message.loading);
    expect(text).toContain('interrupted before this began');
    expect(createsOf(testbed, prompt)).toEqual([]);
  };

  it('says where it went which acknowledged calls never began, and back', async () => {
    testbed = await openTestbed();
    const first = `sqlite://${join(testbed.folder, 'clapper.sqlite')}`;
    await startOn({ STORE_URL: first });
    const call = await killedAtReply('a kite that never flew');
    const url = await cluster.createDatabase();
    expect(await tool('move', first, url)).toMatchObject({ code: 0, errors: '' });
    const onPostgres = { STORE_URL: url, SECRET_KEY: secretKey() };
    await startOn(onPostgres);
    await beganNothing(call, 'a kite that never flew');
    // Of what has been moved no member's data stays behind.
    expect(readdirSync(join(testbed.folder, 'intents'))).toEqual([]);

    const second = await killedAtReply('a kite that never came home');
    const home = `sqlite://${join(testbed.folder, 'home.sqlite')}`;
    expect(await tool('move', url, home)).toMatchObject({ code: 0, errors: '' });
    await startOn({ ...onPostgres, STORE_URL: home });
    await beganNothing(second, 'a kite that never came home');
    await testbed.kill();
  });

  it('on Postgres is backed up beside its bot, and restored to either kind as a copy', async () => {
    testbed = await openTestbed();
    const url = await cluster.createDatabase();
    const onPostgres = { STORE_URL: url, SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
    await startOn(onPostgres);
    const prompt = 'a kite in a copy';
    const call = await queued(prompt);
    const backup = await tool('backup');
    expect(backup.errors).toBe('');
    const [copy = ''] = backup.out.split('\n');
    await made(call, prompt);
    await testbed.untilIdle();
    await testbed.kill();
    const creates = createsOf(testbed, prompt).length;

    // By putting the file in place.
    const file = join(testbed.folder, 'restored.sqlite');
    copyFileSync(copy, file);
    await startOn({ ...onPostgres, STORE_URL: `sqlite://${file}` });
    expect((await endedMessage(testbed, call)).text).toContain(NOT_SURE);
    expect(createsOf(testbed, prompt)).toHaveLength(creates);
    await testbed.kill();

    // By a move of the file, onto a machine that knows nothing of what was sent.
    const again = join(testbed.folder, 'again.sqlite');
    copyFileSync(copy, again);
    const other = await cluster.createDatabase();
    rmSync(join(testbed.folder, 'attempts'), { recursive: true });
    expect(await tool('move', `sqlite://${again}`, other)).toMatchObject({ code: 0, errors: '' });
    await startOn({ ...onPostgres, STORE_URL: other });
    const warned = testbed.bot.lines.filter((line) => line.includes('not in the books'));
    expect(warned.length).toBeGreaterThan(0);
    expect((await endedMessage(testbed, call)).text).toContain(NOT_SURE);
    expect(createsOf(testbed, prompt)).toHaveLength(creates);
    await testbed.kill();
  });
});
