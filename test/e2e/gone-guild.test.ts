import { afterEach, describe, expect, it } from 'vitest';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { isEndOf, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { openStoreOf } from './new-store.ts';

const HERE = '400000000000000001';
const LEFT = '400000000000000002';
const MODEL = 'jimmy/seedance2.0-fast-i2v';
const DAY_MS = 86_400_000;
const LOOK = '/users/@me/guilds';

let testbed: BotTestbed;
afterEach(async () => testbed.close());

async function inStore<T>(work: (records: RecordStore) => Promise<T>): Promise<T> {
  const records = await openStoreOf(testbed);
  try {
    return await work(records);
  } finally {
    await records.close();
  }
}

/** Everything that names this guild, in keys or values. */
async function about(guildId: string): Promise<string[]> {
  return inStore(async (records) => {
    const keys = await records.keysUnder('');
    const values = await records.getMany(keys);
    return keys.filter((key, at) => `${key} ${JSON.stringify(values[at])}`.includes(guildId));
  });
}

async function videoIn(guildId: string, memberId: string): Promise<void> {
  const channel = [...(testbed.discord.world.guild(guildId)?.channels.keys() ?? [])][0] ?? '';
  const member = testbed.discord.member({ id: memberId, guildId });
  const call = await member.slash(channel, 'video', { prompt: 'a kite', model: MODEL });
  await testbed.bot.waitForLine((line) => isEndOf(line, call.id));
}

/** The bot is started with its last look, and the beginning of the absence, so long ago. */
async function startAfter(days: number): Promise<void> {
  const at = Date.now() - days * DAY_MS;
  await inStore(async (records) =>
    records.write([
      { key: 'meta:guild-look', value: { at: Date.now() - DAY_MS } },
      { key: `absent:${LEFT}`, value: { since: at } },
    ]),
  );
  await testbed.start();
}

const ADA = '400000000000000011';

/** A video in each of two guilds, and one of them has removed the bot since. */
async function oneLeft(): Promise<void> {
  const guilds = [HERE, LEFT].map((id) => ({ id, channels: [{ name: 'general' }] }));
  testbed = await startBotTestbed({ discord: { guilds } });
  await videoIn(HERE, ADA);
  await videoIn(LEFT, ADA);
  await testbed.kill();
  testbed.discord.world.setBotMembership(LEFT, false);
}

describe('a guild that removed the bot', () => {
  it('is noticed by the list of guilds, and forgotten after 30 days', async () => {
    await oneLeft();
    await inStore(async (records) => records.remove(['meta:guild-look']));
    const bot = await testbed.start();
    await bot.waitForLine(
      (line) => line.includes('not in this server any more') && line.includes(LEFT),
    );
    await testbed.kill();
    expect(await about(LEFT)).toContain(`absent:${LEFT}`);

    await startAfter(29.9);
    await testbed.bot.waitForLine((line) =>
      line.includes('"looked for servers that removed the bot"'),
    );
    await testbed.kill();
    expect(await about(LEFT)).toContain(`account:guild:${LEFT}`);

    const others = await about(HERE);
    await startAfter(30.1);
    await testbed.bot.waitForLine((line) =>
      line.includes('"forgotten: a server that removed the bot"'),
    );
    await testbed.kill();
    expect(await about(LEFT)).toEqual([]);
    expect(await about(HERE)).toEqual(others);
  });

  it('loses nothing by a look that failed, however long ago it was missed', async () => {
    await oneLeft();
    testbed.discord.faults.add({
      route: LOOK,
      times: 9,
      action: { kind: 'answer', status: 503, body: 'unavailable' },
    });
    await startAfter(400);
    await testbed.bot.waitForLine((line) =>
      line.includes('"servers that removed the bot not looked for'),
    );
    await testbed.kill();
    expect(await about(LEFT)).toContain(`account:guild:${LEFT}`);
  });
});
