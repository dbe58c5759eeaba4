import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';

const MODEL = 'jimmy/seedance2.0-fast-i2v';
const GUESTS = '140000000000000002';
const ROUTE = '/applications/:app/guilds/:guild/commands/permissions';
const { restricted, busy } = messagesFor('en').answers;

let testbed: BotTestbed;
beforeEach(async () => {
  testbed = await startBotTestbed();
  testbed.discord.world.addRole(testbed.discord.guildId, { id: GUESTS, name: 'guests' });
});
afterEach(async () => testbed.close());

const deny = (): void =>
  testbed.discord.setCommandPermissions('video', [{ id: GUESTS, type: 1, permission: false }]);

/** A price that the member is shown. */
async function priceFor(member: MemberActor): Promise<MessageView> {
  const options = { prompt: 'a heron at dawn', model: MODEL };
  const call = await member.slash(testbed.discord.channelId, 'video', options);
  return call.waitFor(({ buttons }) => buttons.length > 0);
}

/** What a click on its button is answered; `video` where it makes one. */
async function answerToClick(member: MemberActor, price: MessageView): Promise<string> {
  const click = await member.click(price, price.buttons[0]?.customId ?? '');
  const { kind } = await click.acknowledged;
  if (kind === 'deferred-message') return 'video';
  return (await click.waitFor(({ loading }) => !loading)).content;
}

const guest = (locale = 'en-US'): MemberActor =>
  testbed.discord.member({ roles: [GUESTS], locale });

describe('a button of /video', () => {
  beforeEach(async () => {
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    const { channelId } = testbed.discord;
    const set = await admin.slash(channelId, 'settings set money', { confirm_above: '0' });
    await set.waitFor(({ loading }) => !loading);
  });

  it.each(['en-US', 'zh-CN'] as const)(
    'is refused to a member whose role an admin denies the command (%s)',
    async (locale) => {
      const member = guest(locale);
      const price = await priceFor(member);
      deny();
      const { answers } = messagesFor(locale === 'zh-CN' ? 'zh-CN' : 'en');
      expect(await answerToClick(member, price)).toBe(answers.restricted);
      expect(testbed.providers.acceptedCreates()).toBe(0);
    },
  );

  it('follows what an admin changes, at once', async () => {
    const member = guest();
    const price = await priceFor(member);
    deny();
    expect(await answerToClick(member, price)).toBe(restricted);
    testbed.discord.setCommandPermissions('video', []);
    // Discord sends a change and a click one after the other over the same connection.
    expect(await answerToClick(member, price)).toBe('video');
  });

  it('is refused where only the entry for all commands denies it', async () => {
    const member = guest();
    const price = await priceFor(member);
    testbed.discord.setCommandPermissions(null, [{ id: GUESTS, type: 1, permission: false }]);
    expect(await answerToClick(member, price)).toBe(restricted);
  });

  it('is refused as busy while Discord never said what is restricted', async () => {
    const member = guest();
    const price = await priceFor(member);
    const fault = testbed.discord.faults.add({
      route: ROUTE,
      action: { kind: 'answer', at: 'before-effect', status: 502, body: 'bad gateway' },
    });
    expect(await answerToClick(member, price)).toBe(busy);
    expect(fault.hits()).toBe(1);
    expect(testbed.providers.acceptedCreates()).toBe(0);
  });

  it('is decided by what was read before while Discord does not say', async () => {
    const [member, other] = [guest(), testbed.discord.member()];
    const [price, otherPrice] = [await priceFor(member), await priceFor(other)];
    expect(await answerToClick(other, otherPrice)).toBe('video');
    const hanging = {
      route: ROUTE,
      times: 100,
      action: { kind: 'hang', at: 'before-effect' },
    } as const;
    testbed.discord.faults.add(hanging);
    deny();
    expect(await answerToClick(member, price)).toBe(restricted);
  });

  it('is refused to a member who may not use application commands in the channel', async () => {
    const member = guest();
    const price = await priceFor(member);
    const { id, username } = member;
    const denied = testbed.discord.member({ id, username, denied: PERMISSION.useCommands });
    expect(await answerToClick(denied, price)).toBe(restricted);
  });
});

describe('the buttons and forms of a video’s message', () => {
  it('are refused to a member whose role an admin denies the command', async () => {
    const { channelId } = testbed.discord;
    const [ada, member] = [testbed.discord.member(), guest()];
    const options = { prompt: 'a heron at dusk', model: MODEL };
    const call = await ada.slash(channelId, 'video', options);
    const made = await call.waitFor(({ attachments }) => attachments.length > 0);
    const idOf = (action: string): string =>
      made.buttons.find(({ customId }) => customId?.startsWith(`${action}:`) === true)?.customId ??
      '';
    const form = await member.click(made, idOf('edit'));
    expect((await form.acknowledged).kind).toBe('modal');
    deny();
    const sent = await member.modalSubmit(form, {});
    expect((await sent.waitFor(({ loading }) => !loading)).content).toBe(restricted);
    for (const action of ['again', 'edit']) {
      const click = await member.click(made, idOf(action));
      expect((await click.waitFor(({ loading }) => !loading)).content).toBe(restricted);
    }
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });
});
