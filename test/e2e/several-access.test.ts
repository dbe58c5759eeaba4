import { expect, it } from 'vitest';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { slotOf } from '../../src/domain/slots.ts';
import { askAt, describeOnPostgres } from '../fakes/on-postgres.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

type Server = (typeof SERVERS)[number];

const { restricted } = messagesFor('en').answers;
const roleOf = ({ id }: Server): string => String(BigInt(id) + 1n);

/** A server of each process. */
async function oneOfEach(url: string): Promise<Server[]> {
  const rows = await askAt(url, 'SELECT n, owner FROM slot');
  const owners = new Map(rows.map(({ n, owner }) => [Number(n), String(owner)]));
  const byOwner = new Map(SERVERS.map((one) => [owners.get(slotOf(one.id)), one]));
  return [...byOwner.values()];
}

/** A member with a role, and a price that this member is shown. */
async function guestWithPrice(
  { discord }: BotTestbed,
  one: Server,
): Promise<{ readonly guest: MemberActor; readonly price: MessageView }> {
  const { id: guildId, channelId } = one;
  const admin = discord.member({ guildId, permissions: PERMISSION.manageGuild });
  const set = await admin.slash(channelId, 'settings set money', { confirm_above: '0' });
  await set.waitFor(({ loading }) => !loading);
  discord.world.addRole(guildId, { id: roleOf(one), name: 'guests' });
  const guest = discord.member({ guildId, roles: [roleOf(one)] });
  const call = await guest.slash(channelId, 'video', { prompt: 'A heron', model: ANY_MODEL });
  return { guest, price: await call.waitFor(({ buttons }) => buttons.length > 0) };
}

/** What a click on the price's button is answered; `video` where it makes one. */
async function answerToClick(member: MemberActor, price: MessageView): Promise<string> {
  const click = await member.click(price, price.buttons[0]?.customId ?? '');
  const { kind } = await click.acknowledged;
  if (kind === 'deferred-message') return 'video';
  return (await click.waitFor(({ loading }) => !loading)).content;
}

describeOnPostgres('two processes, one of which has the only shard', (server) => {
  it('both go by what an admin changes for a command, at once', async () => {
    const { testbed, url } = await openSeveral(server, ['a', 'b']);
    const { discord, providers } = testbed;
    const servers = await oneOfEach(url);
    expect(servers).toHaveLength(2);
    const guests = await Promise.all(
      servers.map(async (one) => ({ one, ...(await guestWithPrice(testbed, one)) })),
    );
    const answers = async (): Promise<string[]> =>
      Promise.all(guests.map(async ({ guest, price }) => answerToClick(guest, price)));
    const setAll = (permission: boolean): void => {
      for (const { one } of guests) {
        const override = { id: roleOf(one), type: 1, permission } as const;
        discord.setCommandPermissions('video', [override], one.id);
      }
    };
    setAll(false);
    // From then on each has a copy, which is not read again in this test.
    expect(await answers()).toEqual([restricted, restricted]);
    setAll(true);
    setAll(false);
    expect(await answers()).toEqual([restricted, restricted]);
    expect(providers.acceptedCreates()).toBe(0);
    setAll(true);
    expect(await answers()).toEqual(['video', 'video']);
  });
});
