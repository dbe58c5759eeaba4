import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { openTestbed } from './bot-testbed.ts';
import { privateAnswer } from './forms.ts';
import { callVideo, endedMessage } from './video-call.ts';

const GALLERY_ID = '1300000000000007001';

/** Under the size of a real clip. */
const LIMIT_BYTES = 200_000;

/** Takes any clip for one second of 1080 lines, and makes five bytes of it. */
const FAKE_FFMPEG = `#!/bin/sh
for last; do :; done
case "$last" in *small.mp4) printf small > "\${last#file:}";; *frame.png) exit 1;; esac
echo "  Duration: 00:00:01.00, start: 0" >&2
echo "  Stream #0:0: Video: h264, yuv420p, 1920x1080, 24 fps" >&2
`;

/** What a gallery of all videos gets of one that is too large for Discord, and its message. */
async function shownOf(ffmpeg: string): Promise<readonly [MessageView | undefined, MessageView]> {
  const channels = [{ name: 'general' }, { id: GALLERY_ID, name: 'gallery' }];
  const testbed = await openTestbed({
    discord: { guilds: [{ channels }], defaultAttachmentSizeLimit: LIMIT_BYTES },
    providers: { quick: false },
    env: { FFMPEG_PATH: ffmpeg },
  });
  const { discord } = testbed;
  try {
    await testbed.start();
    const admin = discord.member({ permissions: PERMISSION.manageGuild });
    const settings = { gallery: GALLERY_ID, gallery_mode: 'all' };
    await privateAnswer(await admin.slash(discord.channelId, 'settings set messages', settings));
    const message = await endedMessage(testbed, await callVideo(testbed, 'a boat on a lake'));
    await expect.poll(() => discord.messages(GALLERY_ID).length, { timeout: 30_000 }).toBe(1);
    return [discord.messages(GALLERY_ID)[0], discord.message(message.id) ?? message];
  } finally {
    await testbed.close();
  }
}

it('a gallery gets the link of a video that is too large for Discord', async () => {
  const [forward, message] = await shownOf('/nowhere/ffmpeg');
  expect(forward?.forwarded).toMatchObject({ messageId: message.id, attachments: [] });
  expect(JSON.stringify(forward)).toContain('/results/');
});

it.skipIf(process.platform === 'win32')(
  'a gallery gets it with its smaller copy, where there is one',
  async () => {
    const program = join(temporaryFolder(), 'ffmpeg');
    writeFileSync(program, FAKE_FFMPEG, { mode: 0o700 });
    const [forward, message] = await shownOf(program);
    const size = 'small'.length;
    expect(forward?.forwarded).toMatchObject({ messageId: message.id, attachments: [{ size }] });
    expect(forward?.text).toContain('smaller copy');
  },
);
