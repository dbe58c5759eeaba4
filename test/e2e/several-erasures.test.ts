import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { MemberActor, OptionValue } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { askAt, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import { HERO } from './assets.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { fileFor, hasClip } from './video-call.ts';

const MEMBER_ID = '1400000000000000031';
type Server = (typeof SERVERS)[number];
type Options = Readonly<Record<string, OptionValue>>;

const memberOf = ({ testbed }: SharingBots, { id: guildId }: Server): MemberActor =>
  testbed.discord.member({ guildId, id: MEMBER_ID, permissions: PERMISSION.manageGuild });

async function ask(
  shared: SharingBots,
  server: Server,
  command: string,
  options: Options = {},
): Promise<MessageView> {
  const call = await memberOf(shared, server).slash(server.channelId, command, options);
  return call.waitFor(({ loading }) => !loading);
}

/** The text of the video of a member who names no ratio. */
async function madeIn(shared: SharingBots, server: Server): Promise<string> {
  const options = { prompt: 'A paper boat', model: 'jimmy/seedance2.0-std' };
  const call = await memberOf(shared, server).slash(server.channelId, 'video', options);
  return (await call.waitFor(hasClip)).content;
}

/** What has the member in a server or in all of them, but for the sums of their limits. */
const LEFT = `
  SELECT key FROM records
  WHERE (key LIKE '%' || $1 || '%' OR value LIKE '%' || $1 || '%')
    AND key NOT LIKE 'clapper:account:%'`;

describeOnPostgres('a member of servers of several processes', (server) => {
  it('is known in all by what they set in one, and is forgotten in all', async () => {
    const shared = await openSeveral(server, ['a', 'b'], {});
    const { testbed, url, bots } = shared;
    const [home] = SERVERS;
    if (home === undefined) throw new Error('there are servers');
    for (const one of SERVERS) {
      const { content } = await ask(shared, one, 'asset add', HERO);
      expect(content).toContain('is being uploaded');
    }
    for (const ratio of ['9:16', '1:1']) {
      await ask(shared, home, 'preferences set', { ratio });
      const texts = await Promise.all(SERVERS.map(async (one) => madeIn(shared, one)));
      for (const text of texts) expect(text).toContain(ratio);
    }
    const served = bots.all.filter(({ lines }) =>
      lines.some((line) => line.includes('"msg":"task begun"')),
    );
    expect(served).toHaveLength(2);
    // Their charges are open in all servers when everything is deleted.
    const uploading = new AbortController();
    testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
      if (purpose === 'upload') await once(uploading.signal, 'abort');
    };
    for (const one of SERVERS) {
      await ask(shared, one, 'asset add', { ...HERO, name: 'villain', file: fileFor('image2') });
    }
    expect(await askAt(url, LEFT, [MEMBER_ID])).not.toEqual([]);

    const question = await ask(shared, home, 'privacy delete');
    const click = await memberOf(shared, home).click(question, question.buttons[0]?.customId ?? '');
    const { content } = await click.waitFor((message) => message.content.includes('Deleted:'));
    expect(content).toContain(`${SERVERS.length * 2} files`);
    await untilTrue(async () => (await askAt(url, LEFT, [MEMBER_ID])).length === 0);
    uploading.abort();
    for (const one of SERVERS) {
      expect((await ask(shared, one, 'asset list')).content).not.toContain('hero');
    }
  });
});
