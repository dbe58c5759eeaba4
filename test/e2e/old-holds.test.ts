import { expect, it, onTestFinished } from 'vitest';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { openTestbed } from './bot-testbed.ts';
import { taskIdOf } from './task-id-of.ts';
import { ANY_MODEL } from './video-call.ts';

const PROMPT = 'a paper boat in a drain';

it('a held video older than RETENTION_DAYS loses its prompt, and its hold is resolved later', async () => {
  const testbed = await openTestbed({ env: { RETENTION_DAYS: '0.00002' } });
  onTestFinished(async () => testbed.close());
  await testbed.start();
  const { discord, bot } = testbed;
  testbed.providers.knobs.jimmy.create.always({ kind: 'server-error', status: 502 });
  const caller = discord.member();
  const options = { prompt: PROMPT, model: ANY_MODEL };
  const call = await caller.slash(discord.channelId, 'video', options);
  await call.waitFor(({ content }) => content.includes('not sent again'));
  await bot.waitForLine((line) => line.includes('"held tasks emptied"'));

  const exported = await caller.slash(discord.channelId, 'privacy export', {});
  const { attachments } = await exported.waitFor(({ loading }) => !loading);
  const bytes = discord.attachmentBytes(attachments[0]?.id ?? '');
  const text = new TextDecoder().decode(bytes);
  const id = await taskIdOf(testbed, call);
  expect(text).toContain(id);
  expect(text).not.toContain(PROMPT);

  const admin = discord.member({ permissions: PERMISSION.manageGuild });
  const resolved = await admin.slash(discord.channelId, 'usage holds', { task: id, do: 'release' });
  await resolved.waitFor(({ loading }) => !loading);
  await call.waitFor(({ content }) => content.includes('Marked as **not charged**'));
});
