import { expect, it } from 'vitest';
import { z } from 'zod';
import type { BotTestbed } from './bot-testbed.ts';
import { openTestbed } from './bot-testbed.ts';
import { callVideo, endedMessage, fileFor, hasClip } from './video-call.ts';

const FULL = { model: 'jimmy/sd2_mx' };
const createSchema = z.looseObject({ images: z.array(z.string()) });
const NINE = Object.fromEntries(
  ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((n) => [`image${n}`, fileFor(`image${n}`)]),
);

async function withBot(
  work: (testbed: BotTestbed) => Promise<void>,
  env: Readonly<Record<string, string>> = { JIMMY_FULL_ASSETS: 'on' },
): Promise<void> {
  const testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg', ...env } });
  try {
    await testbed.start();
    await work(testbed);
  } finally {
    await testbed.close();
  }
}

it('nine pictures on Full go through the library, and the create has their ids', async () => {
  await withBot(async (testbed) => {
    const call = await callVideo(testbed, 'a boat', { ...FULL, ...NINE });
    await call.waitFor(hasClip);
    const { assets, requests } = testbed.providers;
    expect(assets).toHaveLength(9);
    const create = requests.find(({ purpose }) => purpose === 'create');
    const { images, ...body } = createSchema.parse(create?.body);
    expect(body).toEqual({ model: 'sd2_mx_720p', prompt: 'a boat', duration: 5 });
    // In the order in which they were attached, whichever was uploaded first.
    const urls = images.map((image) => assets.find(({ id }) => image === `asset://${id}`)?.url);
    expect(urls.map((url = '') => new URL(url).pathname.split('/').at(-1))).toEqual(
      Object.keys(NINE).map((option) => `${option}.png`),
    );
  });
});

it('a clip makes it the model for reference videos', async () => {
  await withBot(async (testbed) => {
    const options = { ...FULL, resolution: '2k', video1: fileFor('video1') };
    const call = await callVideo(testbed, 'a boat', options);
    await call.waitFor(hasClip);
    const create = testbed.providers.requests.find(({ purpose }) => purpose === 'create');
    expect(create?.body).toMatchObject({
      model: 'sd2_mx_video_2k',
      reference_videos: [expect.stringMatching(/^asset:\/\//)],
    });
  });
});

it('without the setting Full takes no media, and says so at once', async () => {
  await withBot(async (testbed) => {
    const call = await callVideo(testbed, 'a boat', { ...FULL, image1: fileFor('image1') });
    const refusal = await call.waitFor(({ content }) => content.includes('asset library'));
    expect(refusal.ephemeral).toBe(true);
    expect(testbed.providers.requests).toEqual([]);
  }, {});
});

it('a medium that fails its review is named, and nothing is charged', async () => {
  await withBot(async (testbed) => {
    testbed.providers.knobs.jimmy.asset.next({ kind: 'rejected' });
    const call = await callVideo(testbed, 'a boat', { ...FULL, image1: fileFor('image1') });
    const { content } = await endedMessage(testbed, call);
    expect(content).toContain("can't use `image1`: the file didn't pass its review");
    expect(content).toContain('**Nothing was charged for the video.**');
    expect(testbed.providers.acceptedCreates()).toBe(0);
  });
});

it('is cancelled while its media are in review, and goes on there after a kill', async () => {
  await withBot(async (testbed) => {
    testbed.providers.knobs.jimmy.asset.always({ kind: 'stuck' });
    const ada = testbed.discord.member({ username: 'ada' });
    const options = { prompt: 'a boat', ...FULL, image1: fileFor('image1') };
    const first = await ada.slash(testbed.discord.channelId, 'video', options);
    const preparing = await first.waitFor(({ content }) => content.includes('Preparing'));
    const looks = () => testbed.providers.requests.filter(({ path }) => path.includes('status'));
    await expect.poll(() => looks().length, { timeout: 30_000 }).toBeGreaterThan(0);
    await testbed.kill();
    await testbed.start();
    const cancel = preparing.buttons.find(({ customId }) => customId?.startsWith('cancel:'));
    await ada.click(preparing, cancel?.customId ?? '');
    const { content } = await endedMessage(testbed, first);
    expect(content).toContain('Cancelled');
    expect(testbed.providers.assets).toHaveLength(1);
    expect(testbed.providers.acceptedCreates()).toBe(0);
  });
});

it('a medium that failed its review stays there, and its member is told so', async () => {
  await withBot(async (testbed) => {
    testbed.providers.knobs.jimmy.asset.next({ kind: 'rejected' });
    const { channelId } = testbed.discord;
    const ada = testbed.discord.member({ username: 'ada' });
    const options = { prompt: 'a boat', ...FULL, image1: fileFor('image1') };
    await endedMessage(testbed, await ada.slash(channelId, 'video', options));
    const shown = await ada.slash(channelId, 'privacy show', {});
    const { text } = await shown.waitFor(({ loading }) => !loading);
    expect(text).toContain('**At Jimmy AI:** 1 of your attachments');
    // At another time it may pass.
    const again = await ada.slash(channelId, 'video', options);
    await again.waitFor(hasClip);
    expect(testbed.providers.assets).toHaveLength(2);
    const question = await ada.slash(channelId, 'privacy delete', {});
    const asked = await question.waitFor(({ loading }) => !loading);
    const click = await ada.click(asked, asked.buttons[0]?.customId ?? '');
    const deleted = await click.waitFor(({ content }) => content.includes('Deleted:'));
    expect(deleted.text).toContain("**Not deleted:** 1 of your attachments in Jimmy AI's own");
  });
});

it('is in the member’s export, and their deletion says that it stays', async () => {
  await withBot(async (testbed) => {
    const { channelId } = testbed.discord;
    const ada = testbed.discord.member({ username: 'ada' });
    const options = { prompt: 'a boat', ...FULL, image1: fileFor('image1') };
    const video = await ada.slash(channelId, 'video', options);
    await video.waitFor(hasClip);
    const exported = await ada.slash(channelId, 'privacy export', {});
    const { attachments } = await exported.waitFor(({ loading }) => !loading);
    const bytes = testbed.discord.attachmentBytes(attachments[0]?.id ?? '') ?? [];
    const [asset] = testbed.providers.assets;
    expect(JSON.parse(Buffer.from(bytes).toString('utf8'))).toMatchObject({
      libraries: [{ library: 'jimmy/full', kind: 'image', state: 'active', id: asset?.id }],
    });
    const asked = await ada.slash(channelId, 'privacy delete', {});
    const question = await asked.waitFor(({ loading }) => !loading);
    const click = await ada.click(question, question.buttons[0]?.customId ?? '');
    const { text } = await click.waitFor(({ content }) => content.includes('Deleted:'));
    expect(text).toContain("**Not deleted:** 1 of your attachments in Jimmy AI's own library.");
  });
});
