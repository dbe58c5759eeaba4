import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { MINUTE_MS } from '../../src/domain/time-units.ts';
import { describeWithFfmpeg } from '../fakes/ffmpeg.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { givenBack, killedAtAnswer, madeVideo, openedForm, privateAnswer } from './forms.ts';
import { ANY_MODEL, callVideo, createsOf, fileFor, hasClip } from './video-call.ts';

const GUESTS = '140000000000000002';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed();
  testbed.discord.world.addRole(testbed.discord.guildId, { id: GUESTS, name: 'guests' });
});
beforeEach(async () => testbed.ensureStarted());
afterEach(() => {
  for (const command of ['video', 'Animate']) {
    testbed.discord.setCommandPermissions(command, undefined);
  }
});
afterAll(async () => testbed.close());

async function posted(member: MemberActor, count: 1 | 2 = 1) {
  const files = [fileFor('image1'), fileFor('image2')].slice(0, count);
  return member.post(testbed.discord.channelId, 'what I drew', files);
}
const animate = async (member: MemberActor, { id }: { readonly id: string }) =>
  member.contextMenu(testbed.discord.channelId, 'Animate', { messageId: id });

describe('Animate', () => {
  it.each(['en-US', 'zh-CN'] as const)(
    'makes a video of the pictures of a message (%s)',
    async (locale) => {
      const prompt = `a drawing that moves, ${locale}`;
      const ada = testbed.discord.member({ locale });
      const message = await posted(ada, 2);
      const opened = await animate(ada, message);
      const form = await openedForm(opened);
      const { animating, second } = messagesFor(locale === 'zh-CN' ? 'zh-CN' : 'en');
      expect(form.title).toBe(animating.title);
      const { prompt: words, model, duration, ratio } = second.form;
      expect(form.labels).toEqual([words, model, duration, ratio, animating.withLast]);
      expect(form.shown['ratio']).toBe('default');
      const entered = { prompt, model: [ANY_MODEL], last: true };
      const video = await madeVideo(testbed, await ada.modalSubmit(opened, entered));
      expect(video.content).toContain(`/${message.channelId}/${message.id}`);
      const [first, last] = message.attachments.map(({ url }) => url.split('?')[0] ?? '');
      const body = JSON.stringify(createsOf(testbed, prompt).map((create) => create.body));
      expect(body).toContain(first);
      expect(body).toContain(last);
    },
  );

  it('takes one picture without the tick, and those of a forwarded message', async () => {
    const prompt = 'a forwarded drawing that moves';
    const ada = testbed.discord.member();
    const original = await posted(testbed.discord.member(), 2);
    const forward = ada.forward(original, testbed.discord.channelId);
    const opened = await animate(ada, forward);
    await openedForm(opened);
    await madeVideo(testbed, await ada.modalSubmit(opened, { prompt, model: [ANY_MODEL] }));
    const [first, last] = original.attachments.map(({ filename }) => filename);
    const body = JSON.stringify(createsOf(testbed, prompt).map((create) => create.body));
    expect(body).toContain(first);
    expect(body).not.toContain(last);
  });

  it('shows the model that the member prefers, and fills in what was left open', async () => {
    const ada = testbed.discord.member();
    const preferred = 'jimmy/seedance2.0-sp';
    const wishes = { model: preferred, duration: 7, resolution: '480p' };
    const set = await ada.slash(testbed.discord.channelId, 'preferences set', wishes);
    await privateAnswer(set);
    const opened = await animate(ada, await posted(ada));
    expect((await openedForm(opened)).shown['model']).toBe(preferred);
    const sent = await ada.modalSubmit(opened, { prompt: 'a drawing as I like it' });
    expect((await madeVideo(testbed, sent)).content).toContain('7 s · 480p');
  });

  it('is of one’s own messages, unless the server lets members animate all of them', async () => {
    const [ada, bob] = [testbed.discord.member(), testbed.discord.member()];
    const message = await posted(ada);
    const { animating } = messagesFor('en');
    expect((await privateAnswer(await animate(bob, message))).content).toBe(animating.ownOnly);
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    const set = await admin.slash(testbed.discord.channelId, 'settings set members', {
      animate: 'everyone',
    });
    await privateAnswer(set);
    expect((await openedForm(await animate(bob, message))).title).toBe(animating.title);
  });

  it('offers the models that the server allows', async () => {
    const ada = testbed.discord.member();
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    const { channelId } = testbed.discord;
    const route = { route_add: 'jimmy/seedance2.0-fast-i2v' };
    await privateAnswer(await admin.slash(channelId, 'settings set models', route));
    const form = await openedForm(await animate(ada, await posted(ada)));
    const models = form.fields.get('model')?.options?.map(({ value }) => value);
    expect(models).toEqual([route.route_add]);
    await privateAnswer(await admin.slash(channelId, 'settings set models', { clear: true }));
  });

  it.each(['a word without a picture', ''])('says that a message has none: “%s”', async (text) => {
    const ada = testbed.discord.member();
    const { channelId } = testbed.discord;
    const sound = [{ ...fileFor('audio1') }];
    const message = text === '' ? await ada.post(channelId, '', sound) : ada.say(channelId, text);
    const answer = await privateAnswer(await animate(ada, message));
    expect(answer.content).toBe(messagesFor('en').animating.noPictures);
  });

  it('is refused to a member whose role is denied /video, at the form as well', async () => {
    const guest = testbed.discord.member({ roles: [GUESTS] });
    const message = await posted(guest);
    const opened = await animate(guest, message);
    await openedForm(opened);
    testbed.discord.setCommandPermissions('video', [{ id: GUESTS, type: 1, permission: false }]);
    const { restricted } = messagesFor('en').answers;
    const sent = await guest.modalSubmit(opened, { prompt: 'a drawing that may not move' });
    expect((await privateAnswer(sent)).content).toBe(restricted);
    expect((await privateAnswer(await animate(guest, message))).content).toBe(restricted);
  });

  it('needs the permission of its own as well, also when the form is sent', async () => {
    const guest = testbed.discord.member({ roles: [GUESTS] });
    const opened = await animate(guest, await posted(guest));
    await openedForm(opened);
    testbed.discord.setCommandPermissions('Animate', [{ id: GUESTS, type: 1, permission: false }]);
    const prompt = 'a drawing whose command is denied';
    const sent = await guest.modalSubmit(opened, { prompt });
    expect((await privateAnswer(sent)).content).toBe(messagesFor('en').answers.restricted);
    expect(createsOf(testbed, prompt)).toEqual([]);
  });

  it('needs it as well for the ways on under a refusal, which those of /video do not', async () => {
    const guest = testbed.discord.member({ roles: [GUESTS] });
    const opened = await animate(guest, await posted(guest));
    await openedForm(opened);
    const prompt = 'a drawing that is refused';
    const entered = { prompt, model: [ANY_MODEL], duration: '59' };
    const refused = await privateAnswer(await guest.modalSubmit(opened, entered));
    const { channelId } = testbed.discord;
    const typed = { prompt, model: ANY_MODEL, duration: 59 };
    const ofVideo = await privateAnswer(await guest.slash(channelId, 'video', typed));
    testbed.discord.setCommandPermissions('Animate', [{ id: GUESTS, type: 1, permission: false }]);
    const { second, answers } = messagesFor('en');
    for (const { customId = '' } of refused.buttons) {
      const answer = await privateAnswer(await guest.click(refused, customId));
      expect(answer.content).toBe(answers.restricted);
    }
    expect(createsOf(testbed, prompt)).toEqual([]);
    const changing = ofVideo.buttons.find(({ label }) => label === second.wayOn.change);
    await openedForm(await guest.click(ofVideo, changing?.customId ?? ''));
    testbed.discord.setCommandPermissions('Animate', undefined);
    const making = refused.buttons.find(({ label }) => label.startsWith('Make it'));
    await madeVideo(testbed, await guest.click(refused, making?.customId ?? ''));
  });

  it('begins nothing if the bot is killed before its answer, and works the next time', async () => {
    const prompt = 'a drawing in a storm';
    const ada = testbed.discord.member();
    const opened = await animate(ada, await posted(ada));
    await openedForm(opened);
    const dead = killedAtAnswer(testbed);
    await ada.modalSubmit(opened, { prompt });
    await dead;
    await testbed.start();
    await testbed.untilIdle();
    expect(createsOf(testbed, prompt)).toEqual([]);
    // What it was opened on is still kept: the same form works once more.
    await madeVideo(testbed, await ada.modalSubmit(opened, { prompt }));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    const third = await privateAnswer(await ada.modalSubmit(opened, { prompt }));
    expect(third.content).toContain(messagesFor('en').animating.gone);
    expect(givenBack(testbed, third)).toBe(prompt);
  });

  it.each([14, 59])('makes the video of a form that was sent %i minutes later', async (minutes) => {
    const prompt = `a drawing after ${minutes} minutes`;
    const ada = testbed.discord.member();
    const opened = await animate(ada, await posted(ada));
    await openedForm(opened);
    await laterBy(minutes);
    await madeVideo(testbed, await ada.modalSubmit(opened, { prompt }));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('makes none after an hour, and gives the prompt back', async () => {
    const prompt = 'a drawing after an hour';
    const ada = testbed.discord.member();
    const opened = await animate(ada, await posted(ada));
    await openedForm(opened);
    await laterBy(61);
    const answer = await privateAnswer(await ada.modalSubmit(opened, { prompt }));
    expect(answer.content).toContain(messagesFor('en').animating.gone);
    expect(givenBack(testbed, answer)).toBe(prompt);
    expect(createsOf(testbed, prompt)).toEqual([]);
  });
});

/** Discord's time goes on, and the bot hears of it. */
async function laterBy(minutes: number): Promise<void> {
  testbed.discord.advance(minutes * MINUTE_MS);
  for (let asked = 0; asked < 2; asked += 1) {
    const member = testbed.discord.member();
    await privateAnswer(await member.slash(testbed.discord.channelId, 'quota show'));
  }
}

describeWithFfmpeg('Animate on a clip of the bot', () => {
  it('needs the permission of its own as well when the form is sent', async () => {
    const call = await callVideo(testbed, 'a clip that stays as it is');
    const clip = await call.waitFor(hasClip);
    await testbed.untilIdle();
    const guest = testbed.discord.member({ roles: [GUESTS] });
    const opened = await animate(guest, clip);
    await openedForm(opened);
    testbed.discord.setCommandPermissions('Animate', [{ id: GUESTS, type: 1, permission: false }]);
    const prompt = 'a clip whose command is denied';
    const sent = await guest.modalSubmit(opened, { prompt });
    expect((await privateAnswer(sent)).content).toBe(messagesFor('en').answers.restricted);
    expect(createsOf(testbed, prompt)).toEqual([]);
  });

  it('goes on from it, also where it was forwarded', async () => {
    const call = await callVideo(testbed, 'a clip that goes on');
    const clip = await call.waitFor(hasClip);
    await testbed.untilIdle();
    const bob = testbed.discord.member();
    const { continuing } = messagesFor('en');
    const opened = await animate(bob, clip);
    expect((await openedForm(opened)).title).toBe(continuing.title);
    const forward = bob.forward(clip, testbed.discord.channelId);
    expect((await openedForm(await animate(bob, forward))).title).toBe(continuing.title);
    const prompt = 'a clip that went on';
    await expect
      .poll(
        async () => {
          const sent = await bob.modalSubmit(opened, { prompt });
          return (await sent.acknowledged).kind;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe('deferred-message');
    await testbed.untilIdle();
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });
});
