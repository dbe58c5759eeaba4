import { expect, it } from 'vitest';
import { z } from 'zod';
import { askAt, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import type { OptionValue } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { SERVERS, allDelivered, callIn, openSeveral, untilShared } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';

const MEMBER_ID = '1400000000000000031';

/** Kinds of records that a later version may have added to. */
const ADDED_TO = '^clapper:(task|account|guild|preferences):';

const recordSchema = z.object({ value: z.looseObject({ addedLater: z.unknown().optional() }) });

async function keysWithAddition(url: string): Promise<string[]> {
  const rows = await askAt(url, 'SELECT key, value FROM records WHERE key ~ $1 ORDER BY key', [
    ADDED_TO,
  ]);
  return rows.flatMap(({ key, value }) => {
    const record = recordSchema.parse(JSON.parse(String(value)));
    return record.value.addedLater === undefined ? [] : [String(key)];
  });
}

/** Videos that the accounts of servers count as settled, reserved and held. */
const BOOKED = `
  SELECT key,
    value::jsonb #>> '{value,total,used,videos}' AS used,
    value::jsonb #>> '{value,total,reserved,videos}' AS reserved,
    value::jsonb #>> '{value,total,held,videos}' AS held
  FROM records WHERE key ~ '^clapper:account:guild' ORDER BY key`;

const MADE = `
  SELECT key FROM records
  WHERE key ~ '^clapper:task:' AND value::jsonb #>> '{value,stage,name}'
    IN ('running', 'delivering', 'notifying', 'ended')`;

/** Resolves when it is on record of so many tasks that their provider has them, or had. */
async function untilMade(url: string, count: number): Promise<void> {
  await untilTrue(async () => (await askAt(url, MADE)).length === count);
}

async function set(
  { testbed }: SharingBots,
  command: string,
  options: Readonly<Record<string, OptionValue>>,
): Promise<void> {
  const { id: guildId = '', channelId = '' } = SERVERS[0] ?? {};
  const admin = testbed.discord.member({
    guildId,
    id: MEMBER_ID,
    permissions: PERMISSION.manageGuild,
  });
  const call = await admin.slash(channelId, command, options);
  await call.waitFor(({ loading }) => !loading);
}

const inDays = (limit: string) => ({ measure: 'videos', window: 'day', limit });

describeOnPostgres('a version that adds to records', (server) => {
  it('loses nothing of that to an older one beside it, though it and another are killed', async () => {
    const shared = await openSeveral(server, ['newer'], { taskMs: 5000 });
    const { testbed, bots, url } = shared;
    await set(shared, 'quota set server', inDays('10'));
    await set(shared, 'preferences set', { ratio: '16:9' });
    const ponds = SERVERS.slice(0, 2);
    const calls = await Promise.all(
      ponds.map(async (pond) => callIn(testbed, pond, 'A fish of this pond')),
    );
    await untilMade(url, 2);
    const newer = bots.running.get('newer');
    newer?.kill('SIGKILL');
    await newer?.exited;
    // No later version exists to do so.
    await askAt(
      url,
      `UPDATE records
       SET value = jsonb_set(value::jsonb, '{value,addedLater}', '{"of":[1,null]}')::text
       WHERE key ~ $1`,
      [ADDED_TO],
    );
    const keys = await keysWithAddition(url);
    // Two tasks; the accounts of two servers, of a member in each, and of two slots; both settings.
    expect(keys).toHaveLength(10);

    await bots.start('one');
    await bots.start('two');
    await untilShared(url, 2);
    for (const pond of ponds) calls.push(await callIn(testbed, pond, 'Another fish'));
    await untilMade(url, 4);
    bots.running.get('one')?.kill('SIGKILL');
    await allDelivered(shared, calls);
    await bots.running.get('two')?.waitForLine((line) => line.includes('gateway shard held'));
    await set(shared, 'quota set server', inDays('12'));
    await set(shared, 'preferences set', { ratio: '9:16' });

    expect(testbed.providers.tasks).toHaveLength(calls.length);
    expect(await keysWithAddition(url)).toEqual(keys);
    expect(await askAt(url, `SELECT key FROM records WHERE key ~ '^clapper:quarantine:'`)).toEqual(
      [],
    );
    const counts = { used: '2', reserved: '0', held: '0' };
    expect(await askAt(url, BOOKED)).toMatchObject([counts, counts]);
    const changed = await askAt(
      url,
      `SELECT value FROM records WHERE key ~ '^clapper:(guild|preferences):' ORDER BY key`,
    );
    expect(changed.map(({ value }) => String(value))).toEqual([
      expect.stringContaining('"limit":"12"'),
      expect.stringContaining('"ratio":"9:16"'),
    ]);
  });
});
