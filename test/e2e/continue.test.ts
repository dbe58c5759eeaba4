import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { describeWithFfmpeg } from '../fakes/ffmpeg.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  buttonOf,
  givenBack,
  killedAtAnswer,
  madeVideo,
  openedForm,
  privateAnswer,
} from './forms.ts';
import { taskIdOf } from './task-id-of.ts';
import { ANYFAST_MODEL, ANY_MODEL, callVideo, createsOf, fileFor } from './video-call.ts';

const GUESTS = '140000000000000002';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed();
  testbed.discord.world.addRole(testbed.discord.guildId, { id: GUESTS, name: 'guests' });
});
beforeEach(async () => testbed.ensureStarted());
afterEach(() => testbed.discord.setCommandPermissions('video', undefined));
afterAll(async () => testbed.close());

function keptFrames(): string[] {
  const media = join(testbed.folder, 'media');
  return readdirSync(media).flatMap((store) =>
    readdirSync(join(media, store))
      .filter((name) => name.endsWith('last_clip_frame.kept'))
      .map((name) => join(media, store, name)),
  );
}
const frameOf = (taskId: string): string | undefined =>
  keptFrames().find((path) => path.includes(`/${taskId}-`));

/** The click, as if its message had no files. */
const withoutFiles = (payload: Record<string, unknown>): Record<string, unknown> => ({
  ...payload,
  message: { ...Object(payload['message']), attachments: [] },
});

/** A video of a member of its own, whose last picture is kept. */
async function aVideo(prompt: string, options: Parameters<typeof callVideo>[2] = {}) {
  const call = await callVideo(testbed, prompt, { duration: 6, ...options });
  const message = await madeVideo(testbed, call);
  const taskId = await taskIdOf(testbed, call);
  await expect.poll(() => frameOf(taskId), { timeout: 30_000 }).toBeDefined();
  return { message, taskId, button: buttonOf(message, 'continue') };
}

describeWithFfmpeg('Continue', () => {
  it.each(['en-US', 'zh-CN'] as const)(
    'opens a filled-in form, and makes a video from the last picture (%s)',
    async (locale) => {
      const prompt = `a boat that goes on, ${locale}`;
      const { message, button } = await aVideo(prompt, { ratio: '9:16', resolution: '480p' });
      const bob = testbed.discord.member({ locale });
      const opened = await bob.click(message, button);
      const form = await openedForm(opened);
      const { continuing, second } = messagesFor(locale === 'zh-CN' ? 'zh-CN' : 'en');
      expect(form.title).toBe(continuing.title);
      expect(form.labels).toEqual([second.form.prompt, second.form.model, second.form.duration]);
      expect(form.shown).toEqual({ prompt, model: ANY_MODEL, duration: '6' });
      const video = await madeVideo(testbed, await bob.modalSubmit(opened));
      const link = `/${message.channelId}/${message.id}`;
      expect(video.content).toContain(second.origin.continue('').replace(/:$/u, '').trim());
      expect(video.content).toContain(link);
      expect(video.content).toContain(`<@${bob.id}>`);
      expect(video.content).toContain('480p');
    },
  );

  it('sends the kept picture itself, and once more for a video made of that one', async () => {
    const { message, button, taskId } = await aVideo('a boat on the last picture');
    const bob = testbed.discord.member();
    const opened = await bob.click(message, button);
    await openedForm(opened);
    const prompt = 'a boat that goes on inside of the create';
    const entered = { prompt, model: [ANYFAST_MODEL] };
    const video = await madeVideo(testbed, await bob.modalSubmit(opened, entered));
    rmSync(frameOf(taskId) ?? '');
    await madeVideo(testbed, await bob.click(video, buttonOf(video, 'again')));
    const creates = createsOf(testbed, prompt).map(({ body }) => JSON.stringify(body));
    expect(creates).toHaveLength(2);
    for (const body of creates) expect(body).toContain('data:image/png;base64,iVBORw0KGgo');
    expect(creates[1]).toBe(creates[0]);
  });

  it('offers the models that take a first frame', async () => {
    const { message, button } = await aVideo('a boat without models');
    const form = await openedForm(await testbed.discord.member().click(message, button));
    const models = form.fields.get('model')?.options?.map(({ value }) => value);
    expect(models).toContain('jimmy/seedance2.0-fast-i2v');
    expect(models).not.toContain('jimmy/seedance2.0-md');
    expect(models).not.toContain('jimmy/sd2_mx');
  });

  it('shows the link of the video that it is making, and makes another by a button', async () => {
    const { message, button } = await aVideo('a boat that goes on twice');
    const bob = testbed.discord.member();
    const opened = await bob.click(message, button);
    await openedForm(opened);
    testbed.providers.knobs.jimmy.taskMs = 60_000;
    const first = await bob.modalSubmit(opened, { prompt: 'a boat that goes on once' });
    await first.waitFor(({ content }) => content.includes('a boat that goes on once'));
    testbed.providers.knobs.jimmy.taskMs = 0;
    const shown = await privateAnswer(await bob.click(message, button));
    expect(shown.content).toContain(`/${first.message()?.id ?? 'none'}`);
    const again = await bob.click(shown, buttonOf(shown, 'continue-another'));
    await openedForm(again);
    const prompt = 'a boat that goes on once more';
    await madeVideo(testbed, await bob.modalSubmit(again, { prompt }));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('takes the picture again from the clip where it is not kept, after a restart too', async () => {
    const { message, button, taskId } = await aVideo('a boat whose picture is gone');
    rmSync(frameOf(taskId) ?? '');
    await testbed.kill();
    await testbed.start();
    const bob = testbed.discord.member();
    // Discord is asked for the message where it does not come with the click.
    const opened = await bob.click(message, button, { alter: withoutFiles });
    await openedForm(opened);
    await expect.poll(() => frameOf(taskId), { timeout: 30_000 }).toBeDefined();
    await testbed.kill();
    await testbed.start();
    const prompt = 'a boat whose picture is back';
    await madeVideo(testbed, await bob.modalSubmit(opened, { prompt }));
  });

  it('says so at the click where neither the picture nor the clip is there', async () => {
    const { message, button, taskId } = await aVideo('a boat that is gone');
    rmSync(frameOf(taskId) ?? '');
    testbed.discord.faults.add({
      route: '/channels/:channel/messages/:message',
      action: { kind: 'answer', at: 'before-effect', status: 404, body: '{}' },
    });
    const click = testbed.discord.member().click(message, button, { alter: withoutFiles });
    const answer = await privateAnswer(await click);
    expect(answer.content).toBe(messagesFor('en').continuing.noFrame);
  });

  it('says so at the form where both went meanwhile, and gives the prompt back', async () => {
    const { message, button, taskId } = await aVideo('a boat that goes');
    const bob = testbed.discord.member({ locale: 'zh-CN' });
    const opened = await bob.click(message, button);
    await openedForm(opened);
    rmSync(frameOf(taskId) ?? '');
    for (const { id } of message.attachments) testbed.discord.removeAttachment(id);
    const sent = await bob.modalSubmit(opened, { prompt: '一艘找不到的船' });
    const answer = await privateAnswer(sent);
    const { continuing } = messagesFor('zh-CN');
    expect(answer.content).toContain(continuing.noFrame);
    expect(givenBack(testbed, answer)).toBe('一艘找不到的船');
    expect(createsOf(testbed, '一艘找不到的船')).toEqual([]);
  });

  it('begins nothing if the bot is killed before its answer, and works the next time', async () => {
    const { message, button } = await aVideo('a boat before a storm');
    const bob = testbed.discord.member();
    const opened = await bob.click(message, button);
    await openedForm(opened);
    const prompt = 'a boat after a storm';
    const dead = killedAtAnswer(testbed);
    await bob.modalSubmit(opened, { prompt });
    await dead;
    await testbed.start();
    await testbed.untilIdle();
    expect(createsOf(testbed, prompt)).toEqual([]);
    const again = await bob.click(message, button);
    await openedForm(again);
    await madeVideo(testbed, await bob.modalSubmit(again, { prompt }));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('makes one video of a form that is sent twice', async () => {
    const { message, button } = await aVideo('a hasty boat');
    const bob = testbed.discord.member();
    const opened = await bob.click(message, button);
    await openedForm(opened);
    const prompt = 'a hasty boat that goes on';
    const video = await madeVideo(testbed, await bob.modalSubmit(opened, { prompt }));
    const answer = await privateAnswer(await bob.modalSubmit(opened, { prompt }));
    expect(answer.content).toContain(video.id);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('is refused to a member whose role is denied /video, at the form as well', async () => {
    const { message, button } = await aVideo('a private boat');
    const guest = testbed.discord.member({ roles: [GUESTS] });
    const opened = await guest.click(message, button);
    await openedForm(opened);
    testbed.discord.setCommandPermissions('video', [{ id: GUESTS, type: 1, permission: false }]);
    const { restricted } = messagesFor('en').answers;
    expect((await privateAnswer(await guest.modalSubmit(opened))).content).toBe(restricted);
    expect((await privateAnswer(await guest.click(message, button))).content).toBe(restricted);
  });

  it('keeps a clip that was made from a member’s own picture to that member', async () => {
    const { message, button } = await aVideo('a boat from a picture', {
      first_frame: fileFor('first_frame'),
    });
    const bob = testbed.discord.member();
    const { refused } = messagesFor('en').second;
    const answer = await privateAnswer(await bob.click(message, button));
    expect(answer.content).toBe(refused.privateMedia);
  });
});
