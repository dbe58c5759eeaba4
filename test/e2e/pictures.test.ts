import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  buttonOf,
  killedAtAnswer,
  madeVideo,
  openedForm,
  privateAnswer,
  uploadedUrls,
} from './forms.ts';
import { ANY_MODEL, createsOf, fileFor } from './video-call.ts';

const GUESTS = '140000000000000002';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  testbed.discord.world.addRole(testbed.discord.guildId, { id: GUESTS, name: 'guests' });
});
beforeEach(async () => testbed.ensureStarted());
afterEach(() => testbed.discord.setCommandPermissions('video', undefined));
afterAll(async () => testbed.close());

async function aVideo(
  prompt: string,
  options: Readonly<Record<string, ReturnType<typeof fileFor>>> = {},
  member: Parameters<typeof testbed.discord.member>[0] = {},
) {
  const ada = testbed.discord.member(member);
  const call = await ada.slash(testbed.discord.channelId, 'video', {
    prompt,
    model: ANY_MODEL,
    ...options,
  });
  return { ada, message: await madeVideo(testbed, call) };
}

/** Clicks ⋯, then Pictures…. */
async function pictures(member: MemberActor, message: MessageView) {
  const menu = await privateAnswer(await member.click(message, buttonOf(message, 'more')));
  return member.click(menu, buttonOf(menu, 'pictures'));
}

const pictureOf = (option: 'first_frame' | 'image1' | 'image2', name: string) => ({
  ...fileFor(option),
  filename: name,
});

describe('Pictures…', () => {
  it.each(['en-US', 'zh-CN'] as const)(
    'makes the video from another first frame (%s)',
    async (locale) => {
      const prompt = `a boat from another picture, ${locale}`;
      const frame = { first_frame: fileFor('first_frame') };
      const { ada, message } = await aVideo(prompt, frame, { locale });
      const opened = await pictures(ada, message);
      const form = await openedForm(opened);
      const words = messagesFor(locale === 'zh-CN' ? 'zh-CN' : 'en');
      expect(form.title).toBe(words.pictures.title);
      expect(form.labels).toEqual([words.pictures.first_frame, words.pictures.last_frame]);
      const sent = await ada.modalSubmit(opened, {
        first_frame: [pictureOf('first_frame', 'new.png')],
      });
      const video = await madeVideo(testbed, sent);
      expect(video.content).toContain(`/${message.channelId}/${message.id}`);
      const [before, after] = createsOf(testbed, prompt);
      expect(after?.body).toMatchObject({ first_image: uploadedUrls(sent)[0] });
      expect(before?.body).not.toEqual(after?.body);
    },
  );

  it('shows the link of the video that it is making, and makes another by a button', async () => {
    const prompt = 'a boat from picture after picture';
    const { ada, message } = await aVideo(prompt, { first_frame: fileFor('first_frame') });
    const opened = await pictures(ada, message);
    await openedForm(opened);
    testbed.providers.knobs.jimmy.taskMs = 60_000;
    const second = { first_frame: [pictureOf('first_frame', 'second.png')] };
    const first = await ada.modalSubmit(opened, second);
    await first.waitFor(({ content }) => content.includes(prompt));
    testbed.providers.knobs.jimmy.taskMs = 0;
    const shown = await privateAnswer(await pictures(ada, message));
    expect(shown.content).toContain(`/${first.message()?.id ?? 'none'}`);
    const again = await ada.click(shown, buttonOf(shown, 'pictures-another'));
    await openedForm(again);
    const third = { first_frame: [pictureOf('first_frame', 'third.png')] };
    await madeVideo(testbed, await ada.modalSubmit(again, third));
    expect(createsOf(testbed, prompt)).toHaveLength(3);
  });

  it('replaces references, also after the bot started again', async () => {
    const prompt = 'a boat between other pictures';
    const { ada, message } = await aVideo(prompt, {
      image1: fileFor('image1'),
      audio1: fileFor('audio1'),
    });
    const opened = await pictures(ada, message);
    expect((await openedForm(opened)).fields.get('references')?.max_values).toBe(9);
    await testbed.kill();
    await testbed.start();
    const references = [pictureOf('image1', 'one.png'), pictureOf('image2', 'two.png')];
    const sent = await ada.modalSubmit(opened, { references });
    const video = await madeVideo(testbed, sent);
    expect(video.content).toContain('2 pictures, 1 sound');
  });

  it('begins nothing if the bot is killed before its answer, and works the next time', async () => {
    const prompt = 'a boat in a storm of pictures';
    const { ada, message } = await aVideo(prompt);
    const opened = await pictures(ada, message);
    await openedForm(opened);
    const dead = killedAtAnswer(testbed);
    const files = { first_frame: [pictureOf('first_frame', 'lost.png')] };
    await ada.modalSubmit(opened, files);
    await dead;
    await testbed.start();
    await testbed.untilIdle();
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    const again = await pictures(ada, message);
    await openedForm(again);
    await madeVideo(testbed, await ada.modalSubmit(again, files));
    expect(createsOf(testbed, prompt)).toHaveLength(2);
  });

  it('refuses in words what is no picture, and a form without one', async () => {
    const prompt = 'a boat from a letter';
    const { ada, message } = await aVideo(prompt);
    const opened = await pictures(ada, message);
    await openedForm(opened);
    const letter = { filename: 'letter.txt', contentType: 'text/plain', bytes: Buffer.from('a') };
    const sent = await ada.modalSubmit(opened, { first_frame: [letter] }, { raw: true });
    expect((await privateAnswer(sent)).content).toContain('`first_frame`');
    const empty = await ada.modalSubmit(opened, { first_frame: [] }, { raw: true });
    expect((await privateAnswer(empty)).content).toBe(messagesFor('en').pictures.noneGiven);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('is for the caller alone, whatever another member sends', async () => {
    const { message } = await aVideo('a boat of one member');
    const eve = testbed.discord.member();
    const menu = await privateAnswer(await eve.click(message, buttonOf(message, 'more')));
    expect(() => buttonOf(menu, 'pictures')).toThrow('no button');
    const forged = buttonOf(message, 'more').replace('more:', 'pictures:');
    const answer = await privateAnswer(await eve.click(message, forged, { raw: true }));
    expect(answer.content).toBe(messagesFor('en').second.menu.ownOnly);
  });

  it('is refused to a member whose role is denied /video', async () => {
    const { ada, message } = await aVideo('a boat of a guest', {}, { roles: [GUESTS] });
    const opened = await pictures(ada, message);
    await openedForm(opened);
    testbed.discord.setCommandPermissions('video', [{ id: GUESTS, type: 1, permission: false }]);
    const files = { first_frame: [pictureOf('first_frame', 'new.png')] };
    const answer = await privateAnswer(await ada.modalSubmit(opened, files));
    expect(answer.content).toBe(messagesFor('en').answers.restricted);
  });
});
