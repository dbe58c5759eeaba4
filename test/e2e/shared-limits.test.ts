import { expect, it } from 'vitest';
import { describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import type { OptionValue } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { SERVERS, callIn, openSeveral, untilShared } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

const NOTICE = 'is paused for 5 minutes';

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

  it('notify each server once: in its channel, or in the list where it was found', async () => {
    const { testbed, bots, url } = await openSeveral(server, ['a', 'b']);
    testbed.providers.knobs.jimmy.create.always(REFUSED);
    const asAdmin = async (
      { id: guildId, channelId }: (typeof SERVERS)[number],
      command: string,
      options: Readonly<Record<string, OptionValue>> = {},
    ) => {
      const admin = testbed.discord.member({ guildId, permissions: PERMISSION.manageGuild });
      const answer = await admin.slash(channelId, command, options);
      return answer.waitFor(({ loading }) => !loading);
    };
    const [first, ...others] = SERVERS;
    if (first === undefined) throw new Error('there are servers');
    for (const one of others) {
      await asAdmin(one, 'settings set messages', { notices: { id: one.channelId } });
    }
    const noticesIn = ({ channelId }: (typeof SERVERS)[number]): number =>
      testbed.discord.messages(channelId).filter(({ content }) => content.includes(NOTICE)).length;
    await callIn(testbed, first, 'A shop that shuts');
    await untilTrue(async () => others.every((one) => noticesIn(one) > 0));
    // Servers go to one that comes, which hears of the pause as well.
    const third = await bots.start('c');
    await untilShared(url, 3);
    await third.waitForLine((line) => line.includes('paused here as well'));
    const holds = await asAdmin(first, 'usage holds');
    expect((holds.text + holds.content).split(NOTICE)).toHaveLength(2);
    expect(SERVERS.map(noticesIn)).toEqual([0, ...others.map(() => 1)]);
  });
});
