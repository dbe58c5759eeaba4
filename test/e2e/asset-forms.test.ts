import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { openTestbed } from './bot-testbed.ts';
import { HERO, SP, addReady, manage } from './assets.ts';
import { buttonOf, madeVideo, openedForm, privateAnswer } from './forms.ts';
import { callVideo, createsOf, fileFor } from './video-call.ts';

const SONG = { name: 'song', kind: 'audio', file: fileFor('audio1') } as const;
const ASSET = /^asset:\/\//;

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  await testbed.start();
  await addReady(testbed);
  await addReady(testbed, SONG);
}, 120_000);
afterAll(async () => testbed.close());

const bodiesOf = (prompt: string): unknown[] => createsOf(testbed, prompt).map(({ body }) => body);

it('Edit takes a name that was not in the prompt before, and gives the prompt back as typed', async () => {
  const call = await callVideo(testbed, 'a boat', SP);
  const message = await madeVideo(testbed, call);
  const ben = testbed.discord.member();
  const form = await ben.click(message, buttonOf(message, 'edit'));
  await openedForm(form);
  const fields = { prompt: '{hero} in a boat', model: [SP.model] };
  const edited = await madeVideo(testbed, await ben.modalSubmit(form, fields));
  expect(bodiesOf('@图片1 in a boat')).toMatchObject([{ images: [expect.stringMatching(ASSET)] }]);
  expect(edited.content).toContain('{hero} in a boat');
  const again = await ben.click(edited, buttonOf(edited, 'edit'));
  expect((await openedForm(again)).shown).toMatchObject({ prompt: '{hero} in a boat' });
});

it('Again takes what the name stands for now', async () => {
  const first = await madeVideo(testbed, await callVideo(testbed, 'again {hero}', SP));
  const ben = testbed.discord.member();
  await madeVideo(testbed, await ben.click(first, buttonOf(first, 'again')));
  expect(bodiesOf('again @图片1')).toHaveLength(2);
  await addReady(testbed, { ...HERO, name: 'brief', file: fileFor('image2') });
  const brief = await madeVideo(testbed, await callVideo(testbed, 'a {brief} one', SP));
  await manage(testbed, 'remove', { name: 'brief' });
  const refused = await privateAnswer(await ben.click(brief, buttonOf(brief, 'again')));
  expect(refused.content).toContain('There is no file named {brief}.');
});

it('auto chooses among the models that take named files', async () => {
  const call = await callVideo(testbed, 'whoever sees {hero}', { model: 'auto' });
  await madeVideo(testbed, call);
  const created = testbed.providers.requests.filter(
    ({ purpose, body }) => purpose === 'create' && JSON.stringify(body).includes('whoever sees @'),
  );
  expect(JSON.stringify(created.map(({ body }) => body))).toContain('asset://');
  expect(created).toHaveLength(1);
});

it('Change… mends a name that does not exist', async () => {
  const ada = testbed.discord.member();
  const call = await ada.slash(testbed.discord.channelId, 'video', {
    prompt: 'a {villain} mended',
    ...SP,
  });
  const refusal = await privateAnswer(call);
  const form = await ada.click(refusal, buttonOf(refusal, 'change'));
  expect((await openedForm(form)).shown).toMatchObject({ prompt: 'a {villain} mended' });
  await madeVideo(
    testbed,
    await ada.modalSubmit(form, { prompt: 'a {hero} mended', model: [SP.model] }),
  );
  expect(bodiesOf('a @图片1 mended')).toHaveLength(1);
});

it('Animate takes a named sound beside its picture, and refuses a named picture in words', async () => {
  const ada = testbed.discord.member();
  const { channelId } = testbed.discord;
  const { id: messageId } = await ada.post(channelId, 'a drawing', [fileFor('image1')]);
  const open = async () => {
    const form = await ada.contextMenu(channelId, 'Animate', { messageId });
    await openedForm(form);
    return form;
  };
  const fields = { prompt: 'dance to {song}', model: [SP.model] };
  await madeVideo(testbed, await ada.modalSubmit(await open(), fields));
  const body = JSON.stringify(bodiesOf('dance to @音频1'));
  expect(body).toContain('"first_image":"http');
  expect(body).toContain('"reference_audios":["asset://');
  const both = { prompt: 'dance like {hero}', model: [SP.model] };
  const refusal = await privateAnswer(await ada.modalSubmit(await open(), both));
  expect(refusal.content).toContain(
    '`first_frame` and `prompt`: Use frames or references, not both.',
  );
  expect(refusal.content).not.toContain('image1');
});

const choicesSchema = z.object({ choices: z.array(z.object({ value: z.string() })) });

it('names are suggested while they are typed', async () => {
  const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
  const suggested = async (typed: string) => {
    const { channelId } = testbed.discord;
    const call = await admin.autocomplete(channelId, 'asset show', { name: typed }, 'name');
    const { data } = await call.acknowledged;
    return choicesSchema.parse(data).choices.map(({ value }) => value);
  };
  expect(await suggested('')).toEqual(['hero', 'song']);
  expect(await suggested('O')).toEqual(['hero', 'song']);
  expect(await suggested('so')).toEqual(['song']);
  expect(await suggested('x')).toEqual([]);
});

it('what a member named is in their data, and is removed with them', async () => {
  const { channelId } = testbed.discord;
  const ada = testbed.discord.member({ permissions: PERMISSION.manageGuild });
  const mine = { name: 'mine', kind: 'image', file: fileFor('image3') };
  await privateAnswer(await ada.slash(channelId, 'asset add', mine));
  const shown = await privateAnswer(await ada.slash(channelId, 'privacy show', {}));
  expect(shown.content).toContain('the files you named with `/asset add` (`mine`)');
  const exported = await privateAnswer(await ada.slash(channelId, 'privacy export', {}));
  const bytes = testbed.discord.attachmentBytes(exported.attachments[0]?.id ?? '') ?? [];
  expect(JSON.parse(Buffer.from(bytes).toString('utf8'))).toMatchObject({
    names: [{ name: 'mine', kind: 'image', filename: 'image3.png' }],
  });
  const asked = await privateAnswer(await ada.slash(channelId, 'privacy delete', {}));
  const click = await ada.click(asked, buttonOf(asked, 'erase-data'));
  const { text } = await click.waitFor(({ content }) => content.includes('Deleted:'));
  expect(text).toContain('Also deleted: 1 file that you named with `/asset add`.');
  expect(await manage(testbed, 'show', { name: 'mine' })).toContain('There is no file named');
});
