import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { HANDLERS } from '../../src/bot/handlers.ts';
import { MINUTE_MS } from '../../src/domain/time-units.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { buttonOf, madeVideo, openedForm, privateAnswer } from './forms.ts';
import { ANY_MODEL, createsOf, fileFor } from './video-call.ts';

const OTHER_GUILD = '120000000000000888';
const OTHER_CHANNEL = '130000000000000888';
const GALLERY = '130000000000000889';
const { second } = messagesFor('en');

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({
    discord: {
      guilds: [
        { channels: [{ name: 'general' }, { id: GALLERY, name: 'gallery' }] },
        { id: OTHER_GUILD, channels: [{ id: OTHER_CHANNEL, name: 'elsewhere' }] },
      ],
    },
    env: { FFMPEG_PATH: '/nowhere/ffmpeg' },
  });
});
beforeEach(async () => testbed.ensureStarted());
afterEach(() => testbed.discord.faults.clear());
afterAll(async () => testbed.close());

const isHome = (guildId: string): boolean => guildId !== OTHER_GUILD;
const channelOf = ({ guildId }: MemberActor): string =>
  isHome(guildId) ? testbed.discord.channelId : OTHER_CHANNEL;

async function aVideo(
  prompt: string,
  options: Parameters<MemberActor['slash']>[2] = {},
  ada = testbed.discord.member(),
) {
  const asked = { prompt, model: ANY_MODEL, ...options };
  const call = await ada.slash(channelOf(ada), 'video', asked);
  return { ada, message: await madeVideo(testbed, call) };
}

const isForward = ({ forwarded }: MessageView): boolean => forwarded !== undefined;

/** A click that a stranger's client makes up. */
async function forged(
  member: MemberActor,
  message: MessageView,
  customId: string,
): Promise<InteractionHandle> {
  return member.click(message, customId, {
    raw: true,
    alter: (payload) => ({ ...payload, data: { component_type: 2, custom_id: customId } }),
  });
}

async function menuOf(member: MemberActor, message: MessageView): Promise<MessageView> {
  return privateAnswer(await member.click(message, buttonOf(message, 'more')));
}

async function share(member: MemberActor, message: MessageView): Promise<string> {
  const menu = await menuOf(member, message);
  return (await privateAnswer(await member.click(menu, buttonOf(menu, 'share')))).text;
}

async function asAdmin(
  command: string,
  options: Parameters<MemberActor['slash']>[2],
  guildId = testbed.discord.guildId,
): Promise<string> {
  const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild, guildId });
  return (await privateAnswer(await admin.slash(channelOf(admin), command, options))).text;
}

describe('a button', () => {
  it('of a task of another server is answered as if it were gone, whatever it would do', async () => {
    const prompt = 'a boat of another server';
    const { message } = await aVideo(prompt);
    const taskId = buttonOf(message, 'more').replace('more:', '');
    const stranger = testbed.discord.member({
      guildId: OTHER_GUILD,
      permissions: PERMISSION.manageGuild | PERMISSION.manageMessages,
    });
    const { message: own } = await aVideo('a boat of this server', {}, stranger);
    // These have no task in their id, or open a form that says nothing of it.
    const others = new Set([
      'confirm',
      'apply',
      'undo',
      'choose',
      'change',
      'holds',
      'setup',
      'hold-amount',
    ]);
    const actions = HANDLERS.components
      .map(({ action }) => action)
      .filter(
        (action) => !others.has(action) && !/^(?:erase|history|search|make|hold$)/u.test(action),
      );
    const before = testbed.discord.message(message.id);
    for (const action of actions) {
      const call = await forged(stranger, own, `${action}:${taskId}`);
      const { text } = await call.waitFor(({ loading }) => !loading);
      expect(`${action}: ${text}`).not.toContain(prompt);
    }
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(testbed.discord.message(message.id)).toEqual(before);
  });

  it('of another installation with the same token is answered in words', async () => {
    const prompt = 'a boat of two harbours';
    const { ada, message } = await aVideo(prompt);
    await testbed.kill();
    const folder = join(testbed.folder, 'other');
    const store = `sqlite://${join(testbed.folder, 'other.sqlite')}`;
    await testbed.start({ STORE_URL: store, DATA_DIR: folder });
    const answer = await privateAnswer(await ada.click(message, buttonOf(message, 'again')));
    expect(answer.text).toBe(second.refused.gone);
    await testbed.kill();
    await testbed.start();
    await madeVideo(testbed, await ada.click(message, buttonOf(message, 'again')));
    expect(createsOf(testbed, prompt)).toHaveLength(2);
  });

  it('works after the bot left and came back', async () => {
    const prompt = 'a boat that comes home';
    const { ada, message } = await aVideo(prompt);
    const { world, guildId } = testbed.discord;
    world.setBotMembership(guildId, false);
    await testbed.kill();
    await testbed.start();
    world.setBotMembership(guildId, true);
    await madeVideo(testbed, await ada.click(message, buttonOf(message, 'again')));
    expect(createsOf(testbed, prompt)).toHaveLength(2);
  });

  it('pressed by fifty members at once is one video each, or the quota’s answer', async () => {
    const prompt = 'a boat for everybody';
    const ada = testbed.discord.member({ guildId: OTHER_GUILD });
    const { message } = await aVideo(prompt, {}, ada);
    // Of all videos of that server so far some are used.
    const used = createsOf(testbed, 'a boat of this server').length + 1;
    const limit = { measure: 'videos', window: 'day', limit: String(used + 30) };
    await asAdmin('quota set server', limit, OTHER_GUILD);
    const members = Array.from({ length: 50 }, () =>
      testbed.discord.member({ guildId: OTHER_GUILD }),
    );
    const again = buttonOf(message, 'again');
    const clicks = await Promise.all(members.map(async (one) => one.click(message, again)));
    const kinds = await Promise.all(clicks.map(async ({ acknowledged }) => acknowledged));
    const refused = clicks.filter((_click, at) => kinds[at]?.kind === 'message');
    expect(refused).toHaveLength(20);
    for (const click of refused) expect((await privateAnswer(click)).text).toContain('this needs');
    const made = clicks.filter((click) => !refused.includes(click));
    const videos = await Promise.all(made.map(async (click) => madeVideo(testbed, click)));
    expect(new Set(videos.map(({ id }) => id)).size).toBe(30);
    expect(createsOf(testbed, prompt)).toHaveLength(31);
  });
});

it('a select whose value is no longer offered makes nothing, and says so', async () => {
  const prompt = 'a boat without that model';
  const { ada, message } = await aVideo(prompt);
  const list = await privateAnswer(await ada.click(message, buttonOf(message, 'higher')));
  const found = /"custom_id":"(choose:\d+)"/u.exec(JSON.stringify(list.components))?.[1] ?? '';
  const choose = async (value: string): Promise<string> =>
    (await privateAnswer(await ada.selectMenu(list, found, [value], { raw: true }))).text;
  for (const value of ['99', '-1', 'jimmy', '']) {
    expect(await choose(value)).toBe(second.refused.noLonger);
  }
  await testbed.kill();
  await testbed.start({ JIMMY_API_KEY: '' });
  expect(await choose('0')).toBe(second.refused.noLonger);
  expect(createsOf(testbed, prompt)).toHaveLength(1);
  await testbed.kill();
});

it.each([14, 59])(
  'forms that are sent %i minutes later, after a restart, work',
  async (minutes) => {
    const { ada, message } = await aVideo(`a boat ${minutes} minutes ago`);
    const { channelId } = testbed.discord;
    const edit = await ada.click(message, buttonOf(message, 'edit'));
    const asked = { prompt: 'a patient boat', model: ANY_MODEL, resolution: '4k' };
    const refusal = await privateAnswer(await ada.slash(channelId, 'video', asked));
    const change = await ada.click(refusal, buttonOf(refusal, 'change'));
    const { id: messageId } = await ada.post(channelId, 'a drawing', [fileFor('image1')]);
    const animate = await ada.contextMenu(channelId, 'Animate', { messageId });
    const forms = [edit, change, animate];
    for (const form of forms) await openedForm(form);
    testbed.discord.advance(minutes * MINUTE_MS);
    await testbed.kill();
    await testbed.start();
    for (const [index, form] of forms.entries()) {
      const prompt = `a boat ${minutes} minutes later, ${index}`;
      const fields = {
        prompt,
        model: [ANY_MODEL],
        ...(index === 2 ? {} : { resolution: ['720p'] }),
      };
      await madeVideo(testbed, await ada.modalSubmit(form, fields));
      expect(createsOf(testbed, prompt)).toHaveLength(1);
    }
  },
);

it('an edit to a prompt that the server forbids is refused, and makes nothing', async () => {
  const { ada, message } = await aVideo('a boat in peace');
  await asAdmin('settings set words', { word_add: 'cannon' });
  const form = await ada.click(message, buttonOf(message, 'edit'));
  await openedForm(form);
  const prompt = 'a boat with a CANNON';
  const answer = await privateAnswer(await ada.modalSubmit(form, { prompt }));
  expect(answer.text).toContain('contains a word');
  expect(createsOf(testbed, prompt)).toEqual([]);
  await asAdmin('settings set words', { clear: true });
});

it('inputs whose owner deleted their data are gone, but for what was made of them while shared', async () => {
  const prompt = 'a boat of borrowed pictures';
  const { ada, message } = await aVideo(prompt, { image1: fileFor('image1') });
  await share(ada, message);
  const bob = testbed.discord.member();
  const his = await madeVideo(testbed, await bob.click(message, buttonOf(message, 'again')));
  const question = await privateAnswer(
    await ada.slash(testbed.discord.channelId, 'privacy delete'),
  );
  const erasing = await ada.click(question, buttonOf(question, 'erase-data'));
  await erasing.waitFor(({ text }) => text.includes('Deleted:'));
  const hers = await privateAnswer(await bob.click(message, buttonOf(message, 'again')));
  expect(hers.text).toBe(second.refused.gone);
  // His own video has its own copy.
  await madeVideo(testbed, await bob.click(his, buttonOf(his, 'again')));
  expect(createsOf(testbed, prompt)).toHaveLength(3);
});

async function setGallery(gallery: string): Promise<void> {
  await asAdmin('settings set messages', { gallery, gallery_mode: 'share' });
}

describe('a gallery', () => {
  it('gets one forward, also if the bot is killed before it is recorded', async () => {
    await setGallery(GALLERY);
    const { ada, message } = await aVideo('a boat to show once');
    const dead = new Promise<void>((resolve) => {
      const remove = testbed.discord.beforeAnswer(async ({ method, path }) => {
        if (method !== 'POST' || path !== `/channels/${GALLERY}/messages`) return;
        remove();
        await testbed.kill();
        resolve();
      });
    });
    const menu = await menuOf(ada, message);
    await ada.click(menu, buttonOf(menu, 'share'));
    await dead;
    await testbed.start();
    expect(await share(ada, message)).toBe(second.menu.galleryUnknown);
    expect(testbed.discord.messages(GALLERY)).toHaveLength(1);
  });

  it('that is the video’s own channel gets nothing, and nobody is told of a fault', async () => {
    await setGallery(testbed.discord.channelId);
    const { ada, message } = await aVideo('a boat in its gallery');
    expect(await share(ada, message)).toBe(second.menu.shared);
    expect(testbed.discord.messages(testbed.discord.channelId).filter(isForward)).toEqual([]);
  });

  it.each(['hidden', 'deleted'])(
    'that is %s leaves the video alone, and admins are told',
    async (how) => {
      const { world, guildId } = testbed.discord;
      const { id } = world.addChannel(guildId, { name: how });
      await setGallery(id);
      if (how === 'deleted') world.deleteChannel(id);
      else world.setBotPermissions(id, { view: false });
      const { ada, message } = await aVideo(`a boat for a gallery that is ${how}`);
      const before = testbed.discord.message(message.id);
      expect(await share(ada, message)).toBe(second.menu.galleryFailed);
      expect(testbed.discord.message(message.id)).toEqual(before);
      expect(await asAdmin('usage holds', {})).toContain(`<#${id}>`);
    },
  );
});
