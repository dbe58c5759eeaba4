import { taskIdOf } from './task-id-of.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';

const MODEL = 'jimmy/seedance2.0-fast-i2v';
const QUICK = {
  POLL_MIN_MS: '5',
  POLL_MAX_MS: '20',
  PROGRESS_EDIT_MS: '20',
  RETENTION_DAYS: '30',
};

/** Answers the question of `/privacy delete`. */
async function eraseData(member: MemberActor, question: MessageView): Promise<MessageView> {
  expect(question.content).toContain('cannot be undone');
  const click = await member.click(question, question.buttons[0]?.customId ?? '');
  return click.waitFor(({ content }) => content.includes('Deleted:'));
}

describe('/privacy', () => {
  let testbed: Testbed;
  let ada: MemberActor;

  beforeAll(async () => {
    testbed = await startTestbed({ providers: { quick: true, taskMs: 0 }, env: QUICK });
    await testbed.start();
    ada = testbed.discord.member({ username: 'ada' });
  });
  afterAll(async () => testbed.close());

  async function makeVideo(prompt: string): Promise<string> {
    const call = await ada.slash(testbed.discord.channelId, 'video', { prompt, model: MODEL });
    await testbed.bot.waitForLine(
      (line) => line.includes('"task ended"') && line.includes(call.id),
    );
    return taskIdOf(testbed, call);
  }

  async function ask(subcommand: string): Promise<{ text: string; file: string }> {
    const call = await ada.slash(testbed.discord.channelId, `privacy ${subcommand}`, {});
    const first = await call.waitFor(({ loading }) => !loading);
    const message = subcommand === 'delete' ? await eraseData(ada, first) : first;
    expect(message.ephemeral).toBe(true);
    const attached = message.attachments[0];
    const bytes = attached && testbed.discord.attachmentBytes(attached.id);
    return { text: message.text, file: bytes ? Buffer.from(bytes).toString('utf8') : '' };
  }

  it('tells, carries off and deletes the caller’s own, and keeps the sums', async () => {
    const id = await makeVideo('a lighthouse in the fog');
    const shown = await ask('show');
    expect(shown.text).toContain('1 videos');
    const exported = await ask('export');
    expect(exported.file).toContain('a lighthouse in the fog');
    expect(exported.file).toContain(id);

    const deleted = await ask('delete');
    expect(deleted.text).toContain('Deleted: 1 videos');
    const after = await ask('export');
    expect(after.file).not.toContain('a lighthouse in the fog');
    expect(after.file).not.toContain(id);

    const standing = await ada.slash(testbed.discord.channelId, 'quota show', {});
    expect((await standing.waitFor(({ loading }) => !loading)).text).toContain('1 video');
    const admin = testbed.discord.member({ permissions: 0x20n });
    const report = await admin.slash(testbed.discord.channelId, 'usage show', {});
    const shownReport = await report.waitFor(({ loading }) => !loading);
    expect(shownReport.text).toContain('had their data deleted');
    const csv = await admin.slash(testbed.discord.channelId, 'usage export', {});
    const message = await csv.waitFor(({ loading }) => !loading);
    const [file] = message.attachments;
    const lines = Buffer.from(testbed.discord.attachmentBytes(file?.id ?? '') ?? []).toString(
      'utf8',
    );
    expect(lines).toContain(id);
    expect(lines).toContain('deleted-');
    expect(lines).not.toContain(ada.id);
  });
});

describe('/privacy delete', () => {
  it('asks first, and deletes one’s own videos’ messages where that is chosen', async () => {
    const testbed = await startTestbed({ providers: { quick: true, taskMs: 0 }, env: QUICK });
    try {
      await testbed.start();
      const { discord } = testbed;
      const [ada, ben] = [discord.member(), discord.member()];
      const make = async (member: MemberActor): Promise<MessageView> => {
        const options = { prompt: 'a heron', model: MODEL };
        const call = await member.slash(discord.channelId, 'video', options);
        return call.waitFor(({ attachments }) => attachments.length > 0);
      };
      const [first, second, other] = [await make(ada), await make(ada), await make(ben)];
      const asked = await ada.slash(discord.channelId, 'privacy delete');
      const question = await asked.waitFor(({ loading }) => !loading);
      const [data, all, none] = question.buttons.map(({ customId }) => customId ?? '');
      expect(data).toContain('erase-data:');
      const kept = await ada.click(question, none ?? '');
      await kept.waitFor(({ content }) => content === 'Nothing was deleted.');
      expect(discord.message(first.id)?.deleted).toBe(false);

      const again = await ada.slash(discord.channelId, 'privacy delete');
      const askedAgain = await again.waitFor(({ loading }) => !loading);
      const click = await ada.click(askedAgain, (all ?? '').replace(asked.id, again.id));
      await click.waitFor(({ content }) => content.includes('2 of 2 messages are deleted'));
      const deleted = [first, second, other].map(({ id }) => discord.message(id)?.deleted);
      expect(deleted).toEqual([true, true, false]);
    } finally {
      await testbed.close();
    }
  });
});

describe('/privacy before a price is confirmed and a way on is chosen', () => {
  it('shows, carries off and deletes both requests, and no button does anything any more', async () => {
    const testbed = await startTestbed({ providers: { quick: true, taskMs: 0 }, env: QUICK });
    try {
      await testbed.start();
      const { channelId } = testbed.discord;
      const admin = testbed.discord.member({ permissions: 0x20n });
      const setting = await admin.slash(channelId, 'settings set money', { confirm_above: '0' });
      await setting.waitFor(({ loading }) => !loading);
      const ada = testbed.discord.member({});
      const prompt = 'a heron at dawn';
      const asked = await ada.slash(channelId, 'video', { prompt, model: MODEL });
      const price = await asked.waitFor(({ buttons }) => buttons.length > 0);
      const wrong = { prompt: 'a heron at noon', model: MODEL, resolution: '4k' };
      const refused = await ada.slash(channelId, 'video', wrong);
      await refused.waitFor(({ buttons }) => buttons.length > 0);

      const exported = await ada.slash(channelId, 'privacy export', {});
      const { text, attachments } = await exported.waitFor(({ loading }) => !loading);
      expect(text).toContain('2 requests that you can still make a video from');
      const bytes = testbed.discord.attachmentBytes(attachments[0]?.id ?? '') ?? [];
      const file = Buffer.from(bytes).toString('utf8');
      expect(file).toContain(prompt);
      expect(file).toContain(wrong.prompt);

      const deleted = await ada.slash(channelId, 'privacy delete', {});
      const question = await deleted.waitFor(({ loading }) => !loading);
      expect((await eraseData(ada, question)).text).toContain('Also deleted: 2 requests');
      const click = await ada.click(price, price.buttons[0]?.customId ?? '');
      const answer = await click.waitFor(({ loading }) => !loading);
      expect(answer.ephemeral).toBe(true);
      expect(testbed.providers.acceptedCreates()).toBe(0);
    } finally {
      await testbed.close();
    }
  });
});

describe('RETENTION_DAYS', () => {
  it('deletes a task and its prompt when it has ended long enough ago', async () => {
    const testbed = await startTestbed({
      providers: { quick: true, taskMs: 0 },
      env: { ...QUICK, RETENTION_DAYS: '0.000001' },
    });
    try {
      const bot = await testbed.start();
      const ada = testbed.discord.member({});
      const prompt = 'soon forgotten';
      const call = await ada.slash(testbed.discord.channelId, 'video', { prompt, model: MODEL });
      await bot.waitForLine((line) => line.includes('"task ended"') && line.includes(call.id));
      await bot.waitForLine((line) => line.includes('"old records deleted"'));
      const kept = await ada.slash(testbed.discord.channelId, 'privacy show', {});
      const { text } = await kept.waitFor(({ loading }) => !loading);
      expect(text).toContain('0 videos');
      expect(text).toContain('1 lines');
    } finally {
      await testbed.close();
    }
  });
});
