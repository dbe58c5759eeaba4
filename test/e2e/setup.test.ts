import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL } from './video-call.ts';

const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.50', per: 'task' } },
};
const ARTISTS = '140000000000000001';

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith({ hasPrices } = { hasPrices: true }): Promise<BotTestbed> {
  const testbed = await openTestbed();
  open = testbed;
  testbed.discord.world.addRole(testbed.discord.guildId, { id: ARTISTS, name: 'artists' });
  if (hasPrices) {
    await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  }
  await testbed.start();
  return testbed;
}

const adminOf = ({ discord }: BotTestbed, locale = 'en-US'): MemberActor =>
  discord.member({ permissions: PERMISSION.manageGuild, locale });

const shown = async (handle: InteractionHandle) => handle.waitFor(({ loading }) => !loading);

async function answerOf({ discord }: BotTestbed, admin: MemberActor, command: string) {
  return (await shown(await admin.slash(discord.channelId, command))).text;
}

/** The form of a template, opened. */
async function openForm(testbed: BotTestbed, admin: MemberActor, template: string) {
  const choice = await shown(await admin.slash(testbed.discord.channelId, 'setup'));
  const opened = await admin.selectMenu(choice, 'setup:template', [template]);
  expect((await opened.acknowledged).kind).toBe('modal');
  return { choice, opened };
}

describe('/setup', () => {
  it('sets "5 a day, artists 20, $30 a month" in four interactions', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const admin = adminOf(testbed);
    const before = discord.interactions.length;
    const choice = await shown(await admin.slash(discord.channelId, 'setup'));
    const opened = await admin.selectMenu(choice, 'setup:template', ['artists']);
    await opened.acknowledged;
    const sent = await admin.modalSubmit(opened, {
      everyone: '5',
      role: [ARTISTS],
      roleLimit: '20',
      serverCost: '$30',
    });
    const meaning = await sent.waitFor(({ content }) => content.includes('what it means'));
    expect(meaning.content.split('\n').slice(1, -1)).toEqual([
      '- Each member: at most 5 videos a day.',
      `- Each member with <@&${ARTISTS}>: at most 20 videos a day, instead of the limit for everyone.`,
      '- The whole server together: at most $30.00 a month.',
    ]);
    expect(await answerOf(testbed, admin, 'quota list')).toContain('no limits');
    // Killed before the last click: its button works with the next bot.
    await testbed.kill();
    await testbed.start();
    const confirmed = await admin.click(choice, `apply:${sent.id}`);
    await confirmed.waitFor(({ content }) => content.startsWith('Limit set: '));
    // One of them was this test's own look at the list.
    expect(discord.interactions.length - before - 1).toBe(4);

    const list = await answerOf(testbed, admin, 'quota list');
    for (const limit of ['$30.00 a month', '5 videos a day', '20 videos a day']) {
      expect(list).toContain(limit);
    }
    const again = await admin.click(choice, `apply:${sent.id}`, { raw: true });
    expect((await shown(again)).content).toContain('no longer open');
    const undone = await admin.click(choice, `undo:${confirmed.id}`);
    await undone.waitFor(({ content }) => content.startsWith('Undone:'));
    expect(await answerOf(testbed, admin, 'quota list')).toContain('no limits');
  });

  it('asks before high prices in the template for money, and limits each member by it', async () => {
    const testbed = await stageWith();
    const admin = adminOf(testbed, 'zh-CN');
    const { choice, opened } = await openForm(testbed, admin, 'money');
    const fields = { everyoneCost: '5', serverCost: '', confirmAbove: '0.40' };
    const sent = await admin.modalSubmit(opened, fields);
    await sent.waitFor(({ content }) => content.includes('每位成员：每月最多 US$5.00。'));
    const confirmed = await admin.click(choice, `apply:${sent.id}`);
    await confirmed.waitFor(({ content }) => content.startsWith('已设定'));
    const ada = testbed.discord.member();
    const call = { prompt: 'a paper boat', model: ANY_MODEL };
    const asked = await ada.slash(testbed.discord.channelId, 'video', call);
    expect((await shown(asked)).content).toContain('$0.50');
  });

  it('says which field is wrong, and changes nothing', async () => {
    const testbed = await stageWith();
    const admin = adminOf(testbed);
    const wrong: [fields: Record<string, string>, why: RegExp][] = [
      [{ everyone: '-1' }, /\*\*Each member: videos a day\*\*.*whole number/],
      [{ everyone: '5', roleLimit: '20', serverCost: '' }, /choose a role/],
      [{ everyone: '', roleLimit: '', serverCost: '30 EUR' }, /are in USD.*not in EUR/],
      [{ everyone: '', roleLimit: '', serverCost: ' ' }, /Every field was empty/],
    ];
    for (const [fields, why] of wrong) {
      const { opened } = await openForm(testbed, admin, 'artists');
      const sent = await admin.modalSubmit(opened, fields);
      expect((await shown(sent)).content).toMatch(why);
    }
    expect(await answerOf(testbed, admin, 'settings audit')).toContain('Nothing has been changed');
  });

  it('offers no limits on cost where there are no prices', async () => {
    const testbed = await stageWith({ hasPrices: false });
    const admin = adminOf(testbed);
    const { choice, opened } = await openForm(testbed, admin, 'small');
    expect(choice.content).toContain('no prices');
    const hostile = await admin.selectMenu(choice, 'setup:template', ['money'], { raw: true });
    expect((await shown(hostile)).content).toContain('Reload Discord');
    const sent = await admin.modalSubmit(opened, { everyone: '5', serverVideos: '300' });
    await sent.waitFor(({ content }) => content.includes('at most 300 videos a month'));
  });

  it('is for those who may manage the server, and each confirms only their own', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const [admin, other] = [adminOf(testbed), adminOf(testbed)];
    const stranger = discord.member();
    const refused = await stranger.slash(discord.channelId, 'setup', {}, { raw: true });
    expect((await shown(refused)).content).toContain('Manage Server');
    const { choice, opened } = await openForm(testbed, admin, 'small');
    const sent = await admin.modalSubmit(opened, { everyone: '0', serverCost: '' });
    await sent.waitFor(({ content }) => content.includes('0 = not allowed'));
    for (const [member, why] of [
      [stranger, 'Manage Server'],
      [other, 'no longer open'],
    ] as const) {
      const click = await member.click(choice, `apply:${sent.id}`, { raw: true });
      expect((await shown(click)).content).toContain(why);
    }
    expect(await answerOf(testbed, admin, 'quota list')).toContain('no limits');
  });
});
