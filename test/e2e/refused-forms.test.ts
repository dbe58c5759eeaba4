import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { describeWithFfmpeg } from '../fakes/ffmpeg.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { buttonOf, madeVideo, openedForm, privateAnswer } from './forms.ts';
import { ANY_MODEL, callVideo, createsOf, fileFor } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed();
  await testbed.start();
});
afterAll(async () => testbed.close());

type Fields = Parameters<MemberActor['modalSubmit']>[1];

const actionsOf = ({ buttons }: MessageView): (string | undefined)[] =>
  buttons.map(({ customId }) => customId?.split(':')[0]);
const hasSelect = ({ components }: MessageView): boolean =>
  JSON.stringify(components).includes('"choose:');

async function formOf(
  prompt: string,
  action: 'edit' | 'continue',
  locale = 'en-US',
): Promise<readonly [MemberActor, InteractionHandle]> {
  const call = await callVideo(testbed, prompt, { duration: 6 }, { member: { locale } });
  const message = await madeVideo(testbed, call);
  const ada = testbed.discord.member({ id: call.userId, locale });
  return [ada, await ada.click(message, buttonOf(message, action))];
}

async function animateForm(): Promise<readonly [MemberActor, InteractionHandle]> {
  const ada = testbed.discord.member();
  const { channelId } = testbed.discord;
  const { id: messageId } = await ada.post(channelId, 'a drawing', [fileFor('image1')]);
  return [ada, await ada.contextMenu(channelId, 'Animate', { messageId })];
}

async function sent(
  [member, form]: readonly [MemberActor, InteractionHandle],
  fields: Fields,
): Promise<MessageView> {
  await openedForm(form);
  return privateAnswer(await member.modalSubmit(form, fields));
}

/** Changes what was refused, after a restart as well, and makes the video. */
async function changed(ada: MemberActor, refusal: MessageView, fields: Fields) {
  await testbed.kill();
  await testbed.start();
  const form = await ada.click(refusal, buttonOf(refusal, 'change'));
  const { shown } = await openedForm(form);
  return { shown, video: await madeVideo(testbed, await ada.modalSubmit(form, fields)) };
}

describeWithFfmpeg('a length that no model makes', () => {
  it.each([
    ['Edit', async () => formOf('a boat that is edited', 'edit')],
    ['Continue', async () => formOf('a boat that goes on', 'continue')],
    ['Animate', async () => animateForm()],
  ] as const)('is refused by %s as by /video, with ways on', async (name, open) => {
    const form = await open();
    const [ada] = form;
    const prompt = `a long boat by ${name}`;
    const refusal = await sent(form, { prompt, model: [ANY_MODEL], duration: '99' });
    expect(refusal.text).toContain(
      "`duration`: 99 s isn't available; this model offers 4 to 15 s.",
    );
    expect(refusal.text).toContain('Nothing was sent or charged');
    expect(actionsOf(refusal)).toEqual(['make', 'change']);
    const made = await ada.click(refusal, buttonOf(refusal, 'make'));
    expect((await madeVideo(testbed, made)).text).toContain('15 s');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it.each([
    ['Edit', async () => formOf('a boat that is edited', 'edit')],
    ['Continue', async () => formOf('a boat that goes on', 'continue')],
    ['Animate', async () => animateForm()],
  ] as const)('is no length in %s: named, and kept to be changed', async (name, open) => {
    const form = await open();
    const [ada] = form;
    const prompt = `a boat of no length by ${name}`;
    const refusal = await sent(form, { prompt, model: [ANY_MODEL], duration: 'abc' });
    expect(refusal.text).toContain("`duration`: “abc” isn't a length in whole seconds");
    expect(refusal.text).toContain('Nothing was sent or charged');
    expect(actionsOf(refusal)).toEqual(['change']);
    expect(hasSelect(refusal)).toBe(false);
    const { shown, video } = await changed(ada, refusal, { duration: '7' });
    expect(shown).toMatchObject({ prompt, model: ANY_MODEL, duration: 'abc' });
    expect(video.text).toContain('7 s');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });
});

describe('a form with several faults', () => {
  it.each([
    ['en-US', 'en'],
    ['zh-CN', 'zh-CN'],
  ] as const)('names them all, and again where one stays (%s)', async (locale, language) => {
    const { refusal: words, units } = messagesFor(language);
    const form = await formOf(`a boat with faults, ${locale}`, 'edit', locale);
    const [ada] = form;
    const fields = { duration: '0', resolution: ['4k'] };
    const refusal = await sent(form, { prompt: 'a boat with two faults', ...fields });
    for (const option of ['duration', 'resolution']) {
      expect(refusal.text).toContain(`- ${units.named(`\`${option}\``, '')}`);
    }
    const again = await ada.click(refusal, buttonOf(refusal, 'change'));
    const still = await sent([ada, again], { resolution: ['720p'], ratio: ['16:9'] });
    expect(still.text).toContain(words.durationUnreadable('0', words.lengthsFromTo(4, 15)));
    expect(still.text).not.toContain('`resolution`');
    const { shown, video } = await changed(ada, still, { duration: '' });
    expect(shown).toMatchObject({ duration: '0', resolution: '720p', ratio: '16:9' });
    expect(video.text).toContain('a boat with two faults');
  });
});

async function asAdmin(options: Readonly<Record<string, string | boolean>>): Promise<void> {
  const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
  const { channelId } = testbed.discord;
  await privateAnswer(await admin.slash(channelId, 'settings set words', options));
}

describe('a word that the server forbids', () => {
  afterEach(async () => asAdmin({ clear: true }));

  it.each([
    ['en-US', 'en'],
    ['zh-CN', 'zh-CN'],
  ] as const)('is refused with what was typed, to be changed (%s)', async (locale, language) => {
    const { denial } = messagesFor(language);
    await asAdmin({ word_add: 'cannon' });
    const ada = testbed.discord.member({ locale });
    const asked = {
      prompt: 'a boat with a cannon',
      model: ANY_MODEL,
      duration: 7,
      first_frame: fileFor('first_frame'),
    };
    const call = await ada.slash(testbed.discord.channelId, 'video', asked);
    const refusal = await privateAnswer(call);
    expect(refusal.content).toBe(denial.word);
    expect(actionsOf(refusal)).toEqual(['change']);
    expect(hasSelect(refusal)).toBe(false);
    const prompt = `a boat with a flag, ${locale}`;
    const { shown, video } = await changed(ada, refusal, { prompt });
    expect(shown).toMatchObject({ prompt: asked.prompt, model: ANY_MODEL, duration: '7' });
    expect(video.content).toContain(prompt);
    const [create] = createsOf(testbed, prompt);
    expect(JSON.stringify(create?.body)).toContain('first_frame');
  });

  it('is refused again where it stays, and says so of a prompt too long for a form', async () => {
    await asAdmin({ word_add: 'cannon' });
    const ada = testbed.discord.member();
    const { channelId } = testbed.discord;
    const call = async (prompt: string) =>
      privateAnswer(await ada.slash(channelId, 'video', { prompt, model: ANY_MODEL }));
    const refusal = await call('a boat with a cannon');
    const form = await ada.click(refusal, buttonOf(refusal, 'change'));
    const again = await sent([ada, form], { prompt: 'a ship with a cannon' });
    expect(actionsOf(again)).toEqual(['change']);
    const long = await call(`a cannon ${'on a boat '.repeat(450)}`);
    expect(long.text).toContain(messagesFor('en').second.wayOn.tooLongToChange);
    expect(long.buttons).toEqual([]);
    const refused = ['a boat with a cannon', 'a ship with a cannon'];
    expect(refused.flatMap((prompt) => createsOf(testbed, prompt))).toEqual([]);
  });
});
