import { expect, it, onTestFinished } from 'vitest';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { openTestbed } from './bot-testbed.ts';
import { ANY_MODEL, endedMessage, hasClip } from './video-call.ts';

const SHARDS = 4;
/** A server of that shard of four. */
const guildOf = (shard: number): string => String((300_000_000_000n + BigInt(shard)) << 22n);
const channelOf = (shard: number): string => `13000000000000001${shard}`;
const all = [...Array.from({ length: SHARDS }).keys()];

describeOnPostgres('a bot with several shards', (server) => {
  it.each([
    ['SHARD_COUNT', { SHARD_COUNT: String(SHARDS) }, 1],
    ['what Discord recommends, rounded up', {}, SHARDS - 1],
  ])('makes videos in the servers of all of them, by %s', async (_by, env, recommendedShards) => {
    const testbed = await openTestbed({
      discord: {
        recommendedShards,
        maxConcurrency: SHARDS,
        guilds: all.map((shard) => ({
          id: guildOf(shard),
          channels: [{ id: channelOf(shard), name: 'general' }],
        })),
      },
      env: {
        STORE_URL: await server.createDatabase(),
        SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
        ...env,
      },
    });
    onTestFinished(async () => testbed.close());
    await testbed.start();
    const { discord } = testbed;
    const shards = discord.gateway.sessions().map(({ shard }) => shard);
    expect(shards).toEqual(all.map((shard) => [shard, SHARDS]));
    for (const shard of all) {
      const caller = discord.member({ guildId: guildOf(shard) });
      const options = { prompt: `A fish in pond ${shard}`, model: ANY_MODEL };
      const call = await caller.slash(channelOf(shard), 'video', options);
      expect(call.deliveredTo).toBe(1);
      expect(await endedMessage(testbed, call)).toSatisfy(hasClip);
    }
  });
});
