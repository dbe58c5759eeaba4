import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BotTestbed } from './bot-testbed.ts';
import { WITH_ARK, openTestbed } from './bot-testbed.ts';
import { describeWithFfmpeg } from '../fakes/ffmpeg.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { taskIdOf } from './task-id-of.ts';
import { callVideo, createsOf, endedMessage, fileFor, hasClip } from './video-call.ts';

/** The names of kept copies, over all stores in the folder. */
function keptIn({ folder }: BotTestbed): string[] {
  const media = join(folder, 'media');
  if (!existsSync(media)) return [];
  return readdirSync(media).flatMap((store) => readdirSync(join(media, store)).toSorted());
}

/** The disk may be busy. */
const PATIENTLY = { timeout: 30_000 };

/** Under the size of a real clip. */
const LIMIT_BYTES = 200_000;

/** With nothing in ffmpeg's place where a test does not need it. */
async function withBot(
  work: (testbed: BotTestbed) => Promise<void>,
  env: Readonly<Record<string, string>> = { FFMPEG_PATH: '/nowhere/ffmpeg' },
): Promise<void> {
  const testbed = await openTestbed({ env });
  try {
    await testbed.start();
    await work(testbed);
  } finally {
    await testbed.close();
  }
}

it('what a member attached is kept until their data is deleted', async () => {
  await withBot(async (testbed) => {
    const ada = testbed.discord.member({ username: 'ada' });
    const options = {
      prompt: 'a paper boat',
      model: 'jimmy/seedance2.0-mini-sp',
      image1: fileFor('image1'),
    };
    const call = await ada.slash(testbed.discord.channelId, 'video', options);
    const id = await taskIdOf(testbed, call);
    await expect.poll(() => keptIn(testbed), PATIENTLY).toEqual([`${id}-image1.kept`]);
    await testbed.untilIdle();
    const deleting = await ada.slash(testbed.discord.channelId, 'privacy delete', {});
    const question = await deleting.waitFor(({ loading }) => !loading);
    const click = await ada.click(question, question.buttons[0]?.customId ?? '');
    await click.waitFor(({ content }) => content.includes('Deleted:'));
    expect(keptIn(testbed)).toEqual([]);
  });
});

it('what a killed bot left of a task that is gone, or half-written, is removed by the next', async () => {
  await withBot(async (testbed) => {
    const call = await callVideo(testbed, 'a boat', { image1: fileFor('image1') });
    const id = await taskIdOf(testbed, call);
    await expect.poll(() => keptIn(testbed), PATIENTLY).toEqual([`${id}-image1.kept`]);
    await testbed.untilIdle();
    await testbed.kill();
    const media = join(testbed.folder, 'media');
    const store = join(media, readdirSync(media)[0] ?? '');
    const copy = readFileSync(join(store, `${id}-image1.kept`));
    writeFileSync(join(store, '1234567890123456789-image1.kept'), copy);
    writeFileSync(join(store, `${id}-image2.kept.00ff.part`), 'half');
    await testbed.start();
    await expect.poll(() => keptIn(testbed), PATIENTLY).toEqual([`${id}-image1.kept`]);
  });
});

it('nothing is kept where the operator wants none', async () => {
  await withBot(
    async (testbed) => {
      await callVideo(testbed, 'a boat', { image1: fileFor('image1') });
      await testbed.untilIdle();
      expect(existsSync(join(testbed.folder, 'media'))).toBe(false);
    },
    { MEDIA_MAX_BYTES: '0' },
  );
});

it('a start says once that ffmpeg is missing, and videos are made without it', async () => {
  await withBot(async (testbed) => {
    const call = await callVideo(testbed, 'a boat');
    await call.waitFor(hasClip);
    await testbed.untilIdle();
    const lines = testbed.bot.lines.filter((line) => line.includes('ffmpeg does not run'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('not found');
  });
});

describeWithFfmpeg('the last frame', () => {
  it('of a delivered clip is kept', async () => {
    await withBot(async (testbed) => {
      const call = await callVideo(testbed, 'a boat');
      const id = await taskIdOf(testbed, call);
      await expect.poll(() => keptIn(testbed), PATIENTLY).toEqual([`${id}-last_clip_frame.kept`]);
      await expect.poll(() => readdirSync(join(testbed.folder, 'work')), PATIENTLY).toEqual([]);
    }, {});
  });

  it('is the one that its provider hands over, where it can', async () => {
    const env = { ...WITH_ARK };
    const testbed = await openTestbed({ env, providers: { quick: false, taskMs: 0 } });
    try {
      await testbed.start();
      // From its frame on it is known that there is an ffmpeg, which is looked for at the start.
      const before = await taskIdOf(testbed, await callVideo(testbed, 'a quay'));
      const kept = [`${before}-last_clip_frame.kept`];
      await expect.poll(() => keptIn(testbed), PATIENTLY).toEqual(kept);
      const model = 'ark/seedance-2.0-mini';
      const call = await callVideo(testbed, 'a boat', { model, duration: 4, resolution: '480p' });
      kept.push(`${await taskIdOf(testbed, call)}-last_clip_frame.kept`);
      await expect.poll(() => keptIn(testbed), PATIENTLY).toEqual(kept);
      expect(createsOf(testbed, 'a boat')).toMatchObject([{ body: { return_last_frame: true } }]);
      const fetched = testbed.providers.requests.filter(({ path }) => path.endsWith('.png'));
      expect(fetched.map(({ purpose }) => purpose)).toEqual(['result']);
      expect(testbed.bot.lines.join()).not.toContain('last frame not kept');
    } finally {
      await testbed.close();
    }
  });
});

/** Takes any clip for one second of 1080 lines, and makes five bytes of it. */
const FAKE_FFMPEG = `#!/bin/sh
for last; do :; done
case "$last" in *small.mp4) printf small > "\${last#file:}";; *frame.png) exit 1;; esac
echo "  Duration: 00:00:01.00, start: 0" >&2
echo "  Stream #0:0: Video: h264, yuv420p, 1920x1080, 24 fps" >&2
`;

it.skipIf(process.platform === 'win32')(
  'a clip too large for Discord is given by its link, and a smaller one attached to it later',
  async () => {
    const program = join(temporaryFolder(), 'ffmpeg');
    writeFileSync(program, FAKE_FFMPEG, { mode: 0o700 });
    const testbed = await openTestbed({
      discord: { defaultAttachmentSizeLimit: LIMIT_BYTES },
      providers: { quick: false },
      env: { FFMPEG_PATH: program },
    });
    try {
      await testbed.start();
      const call = await callVideo(testbed, 'a boat on a lake at night');
      await endedMessage(testbed, call);
      const message = await call.waitFor(({ attachments }) => attachments.length > 0);
      expect(message.attachments.map(({ size }) => size)).toEqual(['small'.length]);
      expect(message.text).toContain('smaller copy');
      expect(JSON.stringify(message.buttons)).toContain('/results/');
      expect(testbed.discord.messages(testbed.discord.channelId)).toHaveLength(1);
    } finally {
      await testbed.close();
    }
  },
);
