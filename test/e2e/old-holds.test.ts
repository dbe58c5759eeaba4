import { describe, expect, it, onTestFinished } from 'vitest';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { openTestbed } from './bot-testbed.ts';
import { taskIdOf } from './task-id-of.ts';
import { ANY_MODEL } from './video-call.ts';

const PROMPT = 'a paper boat in a drain';
const EMPTIED = '"held tasks emptied"';

/** One held video of a member, with a bot of these settings. */
async function oneHeld(env: Readonly<Record<string, string>> = {}) {
  const testbed = await openTestbed({ env });
  onTestFinished(async () => testbed.close());
  await testbed.start();
  const { discord } = testbed;
  testbed.providers.knobs.jimmy.create.always({ kind: 'server-error', status: 502 });
  const caller = discord.member();
  const options = { prompt: PROMPT, model: ANY_MODEL };
  const call = await caller.slash(discord.channelId, 'video', options);
  await call.waitFor(({ content }) => content.includes('not sent again'));
  const id = await taskIdOf(testbed, call);

  /** What `/privacy export` gives its member. */
  const exported = async (): Promise<string> => {
    const handle = await caller.slash(discord.channelId, 'privacy export', {});
    const { attachments } = await handle.waitFor(({ loading }) => !loading);
    return new TextDecoder().decode(discord.attachmentBytes(attachments[0]?.id ?? ''));
  };
  /** An admin ends the hold, and its message says so. */
  const release = async (): Promise<void> => {
    const admin = discord.member({ permissions: PERMISSION.manageGuild });
    await admin.slash(discord.channelId, 'usage holds', { task: id, do: 'release' });
    await call.waitFor(({ content }) => content.includes('Marked as **not charged**'));
  };
  return { testbed, caller, id, exported, release };
}

describe('a held video', () => {
  it('older than RETENTION_DAYS loses its prompt, and its hold is resolved later', async () => {
    const { testbed, id, exported, release } = await oneHeld({ RETENTION_DAYS: '0.00002' });
    await testbed.bot.waitForLine((line) => line.includes(EMPTIED));
    const text = await exported();
    expect(text).toContain(id);
    expect(text).not.toContain(PROMPT);
    await release();
  });

  it('whose member deletes their data loses its prompt by the next pass', async () => {
    const { testbed, caller, exported, release } = await oneHeld();
    await expect(exported()).resolves.toContain(PROMPT);
    const asked = await caller.slash(testbed.discord.channelId, 'privacy delete', {});
    const question = await asked.waitFor(({ loading }) => !loading);
    const click = await caller.click(question, question.buttons[0]?.customId ?? '');
    const { content } = await click.waitFor((message) => message.content.includes('Deleted:'));
    expect(content).toContain('will be deleted once they are over');
    testbed.bot.kill('SIGTERM');
    await testbed.bot.exited;
    const next = await testbed.start();
    await next.waitForLine((line) => line.includes(EMPTIED));
    await expect(exported()).resolves.not.toContain(PROMPT);
    await release();
  });
});
