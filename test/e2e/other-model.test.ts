import { afterEach, expect, it } from 'vitest';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, endedMessage } from './video-call.ts';

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const raw = (body: object) => ({ kind: 'raw', status: 200, body: JSON.stringify(body) }) as const;

it('an answer that names another model than was sent is told to the caller and the admins', async () => {
  const testbed = await openTestbed();
  open = testbed;
  await testbed.start();
  const { jimmy } = testbed.providers.knobs;
  const named = 'seedance2.0-cheap @everyone';
  const data = { task_id: 'vid_1', status: 'queued', model: named, created_at: 1_710_000_000 };
  jimmy.create.next(raw({ code: '20000', msg: 'ok', data }));
  const result = { video_url: 'http://10.0.0.1/v.mp4' };
  jimmy.query.next(raw({ code: '20000', data: { task_id: 'vid_1', status: 'completed', result } }));
  const call = await callVideo(testbed, 'a boat', { model: 'jimmy/seedance2.0-sp' });
  const { text } = await endedMessage(testbed, call);
  expect(text).toContain("The provider's answer names another model: seedance2.0-cheap");
  expect(text).not.toContain('@everyone');
  const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
  const holds = await admin.slash(testbed.discord.channelId, 'usage holds', {});
  const listed = await holds.waitFor(({ loading }) => !loading);
  expect(listed.text).toContain('was sent to SP, but the provider');
  // An ordinary one is told nothing of it.
  const other = await callVideo(testbed, 'a ship', { model: 'jimmy/seedance2.0-sp' });
  expect((await endedMessage(testbed, other)).text).not.toContain('another model');
});
