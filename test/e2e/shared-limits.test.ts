import { expect, it, onTestFinished } from 'vitest';
import { askAt, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import { openTestbed } from './bot-testbed.ts';
import { severalBots } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

/** Servers of as many slots. */
const GUILDS = Array.from({ length: 6 }, (_, number) => ({
  id: String((300_000_000_000n + BigInt(number * 11)) << 22n),
  channels: [{ id: `13000000000000001${number}`, name: 'general' }],
}));

const REFUSED = {
  kind: 'raw',
  status: 401,
  body: '{"code":401,"message":"no"}',
  accepts: false,
} as const;

describeOnPostgres('processes that share a provider', (server) => {
  it('are all paused by the one whose account was refused, with one request', async () => {
    const url = await server.createDatabase();
    const testbed = await openTestbed({
      discord: { guilds: GUILDS },
      providers: { quick: true, taskMs: 0 },
      env: { STORE_URL: url, SECRET_KEY: Buffer.alloc(32, 1).toString('base64') },
    });
    const bots = severalBots(testbed);
    onTestFinished(async () => {
      await bots.close();
      await testbed.close();
    });
    for (const instance of ['a', 'b']) await bots.start(instance);
    await untilTrue(async () => {
      const owners = await askAt(url, 'SELECT owner FROM slot GROUP BY owner');
      return owners.length === 2 && owners.every(({ owner }) => owner !== null);
    });
    testbed.providers.knobs.jimmy.create.always(REFUSED);
    const call = async ({ id: guildId, channels: [channel] }: (typeof GUILDS)[number]) =>
      testbed.discord
        .member({ guildId })
        .slash(channel?.id ?? '', 'video', { prompt: 'A shop that shuts', model: ANY_MODEL });
    const [first, ...others] = GUILDS;
    if (first === undefined) throw new Error('there are servers');
    await call(first);
    await bots.lineOfAny((line) => line.includes('paused here as well'));
    for (const guild of others) {
      const later = await call(guild);
      const answer = await later.waitFor(({ loading }) => !loading);
      expect(answer.content).toContain("isn't available right now");
    }
    expect(testbed.providers.requests.filter(({ provider }) => provider === 'jimmy')).toHaveLength(
      1,
    );
  });
});
