import { describe, expect, it, onTestFinished } from 'vitest';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { createGateway } from '../../src/discord/gateway.ts';
import type { GatewayDeps, ShardPlan } from '../../src/discord/gateway.ts';
import type { IdentifyTurn } from '../../src/discord/identify-turns.ts';
import { sendByLibrary } from '../../src/discord/library-sender.ts';
import { readRecommendedShards } from '../../src/discord/shard-count.ts';
import type { SimulatedDiscordOptions } from '../../src/simulators/discord/api.ts';
import { createDeferred } from '../../src/simulators/discord/deferred.ts';
import { startSimulatedDiscord } from '../../src/simulators/discord/start.ts';
import { field } from '../../src/simulators/discord/values.ts';
import { recordingLog } from '../fakes/log.ts';

/** A server whose shard of four is this. */
const guildOf = (shard: number): string => String((BigInt(shard + 4) << 22n) + 17n * 4n ** 26n);
const channelOf = (shard: number): string => `13000000000000001${shard}`;

const GUILDS = [0, 1, 2, 3].map((shard) => ({
  id: guildOf(shard),
  channels: [{ id: channelOf(shard), name: 'general' }],
}));

interface Circumstances {
  readonly discord?: SimulatedDiscordOptions;
  readonly plan?: Partial<ShardPlan>;
}

async function world({ discord: options = {}, plan = {} }: Circumstances = {}) {
  const discord = await startSimulatedDiscord({ guilds: GUILDS, ...options });
  const log = recordingLog();
  const received: string[] = [];
  const turns: IdentifyTurn[] = [];
  const deps: GatewayDeps = {
    apiUrl: discord.apiUrl,
    token: discord.token,
    log,
    makeRequest: sendByLibrary,
    time: createDiscordTime(systemClock, log),
    onInteraction: (raw) => received.push(String(field(raw, 'guild_id'))),
    onFatal: (reason) => {
      throw new Error(reason);
    },
    shards: {
      count: async () => 4,
      first: (count) => Array.from({ length: count }, (_none, shard) => shard),
      awaitTurn: async (turn) => {
        turns.push(turn);
      },
      ...plan,
    },
  };
  const open = () => {
    const gateway = createGateway(deps);
    onTestFinished(async () => gateway.close());
    return gateway;
  };
  onTestFinished(async () => discord.close());
  /** One interaction in each server; those that a session got. */
  const call = async (): Promise<string[]> => {
    received.length = 0;
    const sent = await Promise.all(
      GUILDS.map(async ({ id }, shard) => {
        const member = discord.member({ guildId: id });
        return member.slash(channelOf(shard), 'video', {}, { raw: true });
      }),
    );
    const expected = sent.reduce((sum, { deliveredTo }) => sum + deliveredTo, 0);
    while (received.length < expected) await new Promise(setImmediate);
    return received.toSorted((a, b) => a.localeCompare(b));
  };
  const sessions = () =>
    discord.gateway
      .sessions()
      .filter(({ connected }) => connected)
      .map(({ shard: [index, count] }) => `${index} of ${count}`)
      .toSorted();
  return { discord, gateway: open(), another: open, log, call, sessions, turns };
}

describe('the shards of the gateway', () => {
  it('are all held by a process alone, each with a turn of its own', async () => {
    const { gateway, call, sessions, turns, discord } = await world();
    const { applicationId, guildIds } = await gateway.login();
    expect(applicationId).toBe(discord.applicationId);
    expect(guildIds.toSorted()).toEqual(GUILDS.map(({ id }) => id));
    expect(sessions()).toEqual(['0 of 4', '1 of 4', '2 of 4', '3 of 4']);
    expect(await call()).toEqual(GUILDS.map(({ id }) => id));
    expect(turns).toEqual([0, 1, 2, 3].map((shard) => ({ shard, bucket: 0 })));
    expect(gateway.isReady()).toBe(true);
    await gateway.close();
    expect(sessions()).toEqual([]);
  });

  it('are one without a plan, and without a turn', async () => {
    const { discord, sessions } = await world();
    const log = recordingLog();
    const gateway = createGateway({
      apiUrl: discord.apiUrl,
      token: discord.token,
      log,
      makeRequest: sendByLibrary,
      time: createDiscordTime(systemClock, log),
      onInteraction: () => undefined,
      onFatal: () => undefined,
    });
    onTestFinished(async () => gateway.close());
    await gateway.login();
    expect([sessions(), gateway.held(), await gateway.shardCount()]).toEqual([['0 of 1'], [0], 1]);
    expect(discord.requests.filter(({ path }) => path === '/gateway/bot')).toHaveLength(1);
  });

  it('are divided among processes, each of which hears its own', async () => {
    const { gateway, another, call, sessions } = await world({
      plan: { first: () => [0, 2] },
    });
    await gateway.login();
    expect(await call()).toEqual([guildOf(0), guildOf(2)]);
    const second = another();
    await second.hold(1);
    await second.hold(3);
    expect(await call()).toEqual(GUILDS.map(({ id }) => id));
    expect([gateway.held(), second.held()]).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(sessions()).toHaveLength(4);
  });

  it('are handed over while both hear them', async () => {
    const { gateway, another, call, sessions } = await world();
    await gateway.login();
    const second = another();
    await second.hold(2);
    expect((await call()).filter((id) => id === guildOf(2))).toHaveLength(2);
    await gateway.drop(2);
    expect(gateway.held()).toEqual([0, 1, 3]);
    expect(await call()).toEqual(GUILDS.map(({ id }) => id));
    expect(sessions()).toEqual(['0 of 4', '1 of 4', '2 of 4', '3 of 4']);
    await second.drop(2);
    expect(await call()).not.toContain(guildOf(2));
    await gateway.hold(2);
    expect(await call()).toContain(guildOf(2));
  });

  it('are opened once, however often they are asked for', async () => {
    const { gateway, sessions } = await world();
    await Promise.all([gateway.hold(1), gateway.hold(1), gateway.hold(1)]);
    await gateway.hold(1);
    expect(sessions()).toEqual(['1 of 4']);
  });

  it('may all be elsewhere: such a process is logged in, and ready', async () => {
    const { gateway, sessions, discord } = await world({ plan: { first: () => [] } });
    expect(await gateway.login()).toEqual({ applicationId: discord.applicationId, guildIds: [] });
    expect([sessions(), gateway.isReady()]).toEqual([[], true]);
    await gateway.drop(3);
  });

  it('that are cut make the process not ready until they are back', async () => {
    const { gateway, discord } = await world({ plan: { first: () => [0, 1] } });
    await gateway.login();
    discord.gateway.refuse(true);
    discord.gateway.cut();
    while (gateway.isReady()) await new Promise(setImmediate);
    discord.gateway.refuse(false);
    await discord.gateway.ready(2);
    while (!gateway.isReady()) await new Promise(setImmediate);
    expect(gateway.held()).toEqual([0, 1]);
  });

  it('that are given back while they are being opened end the wait for them', async () => {
    const waiting = createDeferred();
    const { gateway, sessions } = await world({
      plan: {
        awaitTurn: async (_turn, signal) => {
          waiting.resolve();
          await new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('given up')));
          });
        },
      },
    });
    const opening = gateway.hold(0).catch((cause: unknown) => cause);
    await waiting.promise;
    await gateway.drop(0);
    expect(await opening).toMatchObject({ message: 'the shard was given back' });
    expect([gateway.held(), sessions()]).toEqual([[], []]);
  });
});

describe('the number of shards', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [5, 8],
    [64, 64],
    [65, 64],
    [1000, 64],
  ])('of %i that Discord recommends becomes %i', async (recommendedShards, count) => {
    const { gateway } = await world({
      discord: { recommendedShards },
      plan: { count: readRecommendedShards },
    });
    expect(await gateway.shardCount()).toBe(count);
  });

  it('is read once, and again only if that failed', async () => {
    let reads = 0;
    const { gateway } = await world({
      plan: {
        count: async () => {
          reads += 1;
          if (reads === 1) throw new Error('no answer');
          return 2;
        },
      },
    });
    await expect(gateway.login()).rejects.toThrow('no answer');
    await gateway.login();
    await gateway.hold(1);
    expect([reads, gateway.held()]).toEqual([2, [0, 1]]);
  });
});

it('a log-in that failed leaves nothing in the way of the next one', async () => {
  const { gateway, discord, sessions, call } = await world({ plan: { first: () => [0, 1] } });
  discord.faults.add({
    route: '/gateway/bot',
    times: 1,
    action: { kind: 'answer', status: 403, body: { message: 'no', code: 1 } },
  });
  await expect(gateway.login()).rejects.toThrow('no');
  expect([gateway.isReady(), gateway.held()]).toEqual([false, []]);
  await gateway.login();
  expect([gateway.isReady(), gateway.held()]).toEqual([true, [0, 1]]);
  expect(await call()).toEqual([guildOf(0), guildOf(1)]);
  await gateway.close();
  expect(sessions()).toEqual([]);
});
