import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import { runTool } from '../backup/run-tool.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { openSeveral } from './several-bots.ts';

const priceList = (amount: string) => ({
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-sp-720p': { amount, per: 'second' } },
});

type Settings = Readonly<Record<string, string>>;

const isWarning = (line: string): boolean => line.includes('a setting differs');

const newKey = (): string => randomBytes(32).toString('base64');
const tokenOf = (botId: string): string =>
  `${Buffer.from(botId).toString('base64url')}.Other.${'token'.repeat(8)}`;

/** A start beside others that fails: its exit code, and what it says to the operator. */
async function failedStart(
  { env, folder }: BotTestbed,
  more: Settings,
): Promise<{ readonly code: number | string; readonly said: string }> {
  const media = { MEDIA_DIR: join(folder, 'media') };
  const bot = startBotProcess({ env: { ...env, ...media, ...more }, cwd: folder });
  return { code: await bot.exited, said: bot.errors.join('\n') };
}

describeOnPostgres('processes of one database with different settings', (server) => {
  it('are refused where they cannot be right', async () => {
    const { testbed, bots } = await openSeveral(server, ['a']);
    const [application, key, folder, name] = await Promise.all(
      [
        { INSTANCE: 'b', DISCORD_TOKEN: tokenOf('120000000000000002') },
        { INSTANCE: 'c', SECRET_KEY: newKey() },
        { INSTANCE: 'd', MEDIA_DIR: join(testbed.folder, 'elsewhere') },
        { INSTANCE: 'a' },
      ].map(async (more) => failedStart(testbed, more)),
    );
    const said = [application, key, folder, name].map((start) => `${start?.code}: ${start?.said}`);
    expect(said).toEqual([
      expect.stringMatching(
        /^1: Clapper could not start: DISCORD_TOKEN is of another application .* STORE_URL/,
      ),
      expect.stringMatching(/^1: Clapper could not start: SECRET_KEY is not the one/),
      expect.stringMatching(/^78: MEDIA_DIR: is not the folder .* MEDIA_MAX_BYTES=0/),
      expect.stringMatching(/^1: .* another process of this database is called a .* INSTANCE/),
    ]);
    // None of them has changed what the first one made.
    await bots.start('e');
    // Without a name each takes the first number that no other one of this host has.
    await bots.start('f', { INSTANCE: '' });
    await bots.start('g', { INSTANCE: '' });
    expect(bots.running.size).toBe(4);
  });

  it('let one that is alone move the folder of media', async () => {
    const { testbed, bots } = await openSeveral(server, ['a']);
    await bots.close();
    const moved = { MEDIA_DIR: join(testbed.folder, 'elsewhere') };
    const bot = await bots.start('a', moved);
    expect(bot.lines.filter((line) => line.includes('not the folder that it was'))).toHaveLength(1);
    await bots.start('b', moved);
    expect(await failedStart(testbed, { INSTANCE: 'c' })).toMatchObject({ code: 78 });
  });

  it('are named, once, where they may differ during an update, and no value of them', async () => {
    const { testbed, bots } = await openSeveral(server, ['one'], {
      prices: priceList('0.10'),
    });
    await writeFile(join(testbed.folder, 'other.json'), JSON.stringify(priceList('0.20')));
    const changes = {
      PRICES_FILE: 'other.json',
      BUDGET_DAY: '7654.32',
      TASK_TIMEOUT_MINUTES: '17',
      JIMMY_API_KEY: 'another-key-of-jimmy',
    };
    const two = await bots.start('two', changes);
    for (const bot of bots.all) {
      for (const setting of Object.keys(changes)) {
        await bot.waitForLine((line) => isWarning(line) && line.includes(`"${setting}"`));
      }
    }
    const doctor = await runTool('doctor', { env: testbed.env, cwd: testbed.folder });
    for (const setting of Object.keys(changes)) {
      expect(doctor.out).toContain(
        `warning  ${setting}: differs between the processes of this database: one | two.`,
      );
    }
    two.kill('SIGTERM');
    await two.exited;
    await bots.lineOfAny((line) => line.includes('are the same again'));
    const warned = bots.all.map(({ lines }) => lines.filter(isWarning).length);
    expect(warned).toEqual([4, 4]);
    const said = [...bots.all.flatMap(({ lines }) => lines), doctor.out].join('\n');
    expect(said).not.toMatch(/7654|another-key-of-jimmy/);
  });
});
