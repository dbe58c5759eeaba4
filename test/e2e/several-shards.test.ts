import { expect, it } from 'vitest';
import { z } from 'zod';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { slotOf } from '../../src/domain/slots.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { untilLookedAt } from './provider-watch.ts';
import { SERVERS, allDelivered, callIn, openSeveral, untilShared } from './several-bots.ts';

const SHARDS = 4;
const ALL = [...Array.from({ length: SHARDS }).keys()];
/** Only a backstop. */
const IN_TIME = { timeout: 30_000 };
const shardOf = (guildId: string): number => slotOf(guildId) % SHARDS;

/** The shards whose sessions are connected, or are not any more; one that is given back has none. */
function shardsOf({ discord }: BotTestbed, isConnected = true): number[] {
  return discord.gateway
    .sessions()
    .filter(({ connected }) => connected === isConnected)
    .map(({ shard: [shard] }) => shard)
    .toSorted((a, b) => a - b);
}

/** Resolves when a process has given back so many shards. */
async function givenBack(bot: BotProcess, count: number): Promise<void> {
  const seen = new Set<string>();
  while (seen.size < count) {
    const isNew = (line: string): boolean =>
      line.includes('gateway shard given back') && !seen.has(line);
    seen.add(await bot.waitForLine(isNew));
  }
}

const begunSchema = z.object({ guildId: z.string() });

/** The shards of the servers in which a process has begun tasks. */
function servedBy({ lines }: BotProcess): number[] {
  const begun = lines.filter((line) => line.includes('"msg":"task begun"'));
  const shards = begun.map((line) => shardOf(begunSchema.parse(JSON.parse(line)).guildId));
  return [...new Set(shards)].toSorted((a, b) => a - b);
}

/** Calls once in each server; one session hears of each. */
async function callEverywhere(testbed: BotTestbed): Promise<InteractionHandle[]> {
  const calls = await Promise.all(
    SERVERS.map(async (one) => callIn(testbed, one, 'A fish in a pond of its own')),
  );
  expect(calls.map(({ deliveredTo }) => deliveredTo)).toEqual(SERVERS.map(() => 1));
  return calls;
}

describeOnPostgres('two processes that divide four shards', (server) => {
  it('hold one session for each, and the one that is left takes those of the other', async () => {
    expect(new Set(SERVERS.map(({ id }) => shardOf(id)))).toEqual(new Set(ALL));
    const sharing = await openSeveral(server, [], {
      env: { SHARD_COUNT: String(SHARDS) },
      discord: { maxConcurrency: SHARDS },
    });
    const { testbed, bots, url } = sharing;
    const { knobs, tasks } = testbed.providers;
    const killed = await bots.start('killed');
    expect(shardsOf(testbed)).toEqual(ALL);
    const other = await bots.start('other');
    await untilShared(url, 2);
    await givenBack(killed, SHARDS / 2);
    // The bot may know of a close before Discord does.
    await expect.poll(() => shardsOf(testbed), IN_TIME).toEqual(ALL);

    await allDelivered(sharing, await callEverywhere(testbed));
    knobs.jimmy.taskMs = Infinity;
    const before = tasks.length;
    const underWay = await callEverywhere(testbed);
    await untilLookedAt(testbed, before + underWay.length);
    // Who has a shard has its servers too, so that no call had to be passed on.
    const served = [servedBy(killed), servedBy(other)];
    expect(served.map(({ length }) => length)).toEqual([SHARDS / 2, SHARDS / 2]);
    expect(new Set(served.flat())).toEqual(new Set(ALL));

    killed.kill('SIGKILL');
    await killed.exited;
    await expect.poll(() => shardsOf(testbed, false), IN_TIME).toEqual(served[0]);
    await untilShared(url, 1);
    await expect.poll(() => shardsOf(testbed), IN_TIME).toEqual(ALL);
    knobs.jimmy.taskMs = 0;
    await allDelivered(sharing, underWay);
    await allDelivered(sharing, await callEverywhere(testbed));
    expect(servedBy(other)).toEqual(ALL);
    expect(tasks).toHaveLength(3 * SERVERS.length);
    for (const { channelId } of SERVERS) {
      expect(testbed.discord.messages(channelId)).toHaveLength(3);
    }
  });
});
