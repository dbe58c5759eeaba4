import { expect, it } from 'vitest';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

const REFUSED = {
  kind: 'raw',
  status: 401,
  body: '{"code":401,"message":"no"}',
  accepts: false,
} as const;

describeOnPostgres('processes that share a provider', (server) => {
  it('are all paused by the one whose account was refused, with one request', async () => {
    const { testbed, bots } = await openSeveral(server, ['a', 'b']);
    testbed.providers.knobs.jimmy.create.always(REFUSED);
    const call = async ({ id: guildId, channelId }: (typeof SERVERS)[number]) =>
      testbed.discord
        .member({ guildId })
        .slash(channelId, 'video', { prompt: 'A shop that shuts', model: ANY_MODEL });
    const [first, ...others] = SERVERS;
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
