import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';

const MODEL = 'jimmy/seedance2.0-sp';
/** Of 720p alone, and not in the list. */
const UNPRICED = 'jimmy/seedance2.0-fast-i2v';
const perTask = (amount: string) => ({ amount, per: 'task' });
const AT_FIRST = {
  [`${MODEL}-1080p`]: perTask('2.00'),
  [`${MODEL}-720p`]: perTask('1.00'),
};
const DEARER = { ...AT_FIRST, [`${MODEL}-1080p`]: perTask('3.00') };

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function writePrices({ folder }: Testbed, prices: object): Promise<void> {
  await writeFile(join(folder, 'prices.json'), JSON.stringify({ currency: 'USD', prices }));
}

/** A server that asks above half a dollar, and allows five videos a day. */
async function stageThatAsks(): Promise<Testbed> {
  const testbed = await startTestbed({ providers: { quick: true, taskMs: 0 }, env: {} });
  open = testbed;
  await writePrices(testbed, AT_FIRST);
  await testbed.start();
  const { discord } = testbed;
  const admin = discord.member({ permissions: PERMISSION.manageGuild });
  for (const [command, options] of [
    ['settings set money', { confirm_above: '0.50' }],
    ['quota set everyone', { measure: 'videos', window: 'day', limit: '5' }],
  ] as const) {
    await (await admin.slash(discord.channelId, command, options)).waitFor(isAnswered);
  }
  return testbed;
}

function isAnswered({ loading }: MessageView): boolean {
  return !loading;
}

const isDelivered = ({ attachments }: MessageView): boolean => attachments.length > 0;

interface Asked {
  readonly handle: InteractionHandle;
  readonly question: MessageView;
}

async function ask({ discord }: Testbed, member: MemberActor): Promise<Asked> {
  const options = { prompt: 'a paper boat', model: MODEL, resolution: '1080p' };
  const handle = await member.slash(discord.channelId, 'video', options);
  return { handle, question: await handle.waitFor(isAnswered) };
}

const buttonOf = ({ buttons }: MessageView, label: string): string =>
  buttons.find((button) => (button.label ?? '').startsWith(label))?.customId ?? '';

function selectOf({ components }: MessageView): string {
  return /"custom_id":"(choose:\d+)"/u.exec(JSON.stringify(components))?.[1] ?? '';
}

describe('the answer that asks for a price', () => {
  it('shows what would be made and what is left, and a cheaper resolution', async () => {
    const testbed = await stageThatAsks();
    const { question } = await ask(testbed, testbed.discord.member());
    expect(question.ephemeral).toBe(true);
    expect(question.content).toContain('will cost **$2.00**');
    expect(question.content).toContain('> a paper boat\n-# 5 s · 1080p');
    expect(question.content).toContain('5 videos left (limit: 5 videos a day for each member)');
    expect(question.buttons.map(({ label }) => label)).toEqual([
      'Make this video',
      '720p instead · $1.00',
    ]);
  });

  it('makes the cheaper video at its price, once, and then says so without its buttons', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const { handle, question } = await ask(testbed, ada);
    const [cheaper, full] = [buttonOf(question, '720p'), buttonOf(question, 'Make')];
    const made = await (await ada.click(question, cheaper)).waitFor(isDelivered);
    expect(made.content).toContain('5 s · 720p');
    expect(made.content).toContain('$1.00');

    const closed = await handle.waitFor(({ content }) => content.startsWith('Confirmed'));
    expect(closed.content).toContain(`/${testbed.discord.channelId}/${made.id}`);
    expect(closed.buttons).toEqual([]);
    const late = await (await ada.click(question, full, { raw: true })).waitFor(isAnswered);
    expect(late.content).toContain('already confirmed');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });

  it('closes the refusal that its request came from as well, which stays usable until then', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const options = { prompt: 'a paper boat', model: MODEL, resolution: '4k' };
    const handle = await ada.slash(testbed.discord.channelId, 'video', options);
    const refusal = await handle.waitFor(isAnswered);
    const opened = await ada.click(refusal, buttonOf(refusal, 'Change…'));
    await opened.acknowledged;
    const sent = await ada.modalSubmit(opened, { resolution: ['1080p'] });
    const question = await sent.waitFor(isAnswered);
    expect(question.content).toContain('will cost **$2.00**');
    expect(handle.message()?.buttons.map(({ label }) => label)).toContain('Change…');
    const made = await (
      await ada.click(question, buttonOf(question, 'Make this video'))
    ).waitFor(isDelivered);
    const [closedQuestion, closedRefusal] = await Promise.all(
      [sent, handle].map(async (answer) => answer.waitFor(({ buttons }) => buttons.length === 0)),
    );
    expect(closedQuestion?.content).toContain(`/${made.id}`);
    expect(closedRefusal?.content).toContain(`/${made.id}`);
  });

  it.each([
    ['the button of a refusal', 'Make it'],
    ['an entry of its select', 'choose'],
  ])('comes where %s shows no price, and makes it by its own button', async (_what, by) => {
    const testbed = await stageThatAsks();
    const { discord } = testbed;
    const ada = discord.member();
    const options = { prompt: 'a boat without a price', model: UNPRICED, resolution: '1080p' };
    const refusal = await (
      await ada.slash(discord.channelId, 'video', options)
    ).waitFor(isAnswered);
    const clicked =
      by === 'choose'
        ? await ada.selectMenu(refusal, selectOf(refusal), ['1'])
        : await ada.click(refusal, buttonOf(refusal, by));
    const question = await clicked.waitFor(isAnswered);
    expect(question.ephemeral).toBe(true);
    expect(question.content).toContain('price unknown');
    expect(testbed.providers.acceptedCreates()).toBe(0);
    const made = await ada.click(question, buttonOf(question, 'Make this video'));
    await made.waitFor(isDelivered);
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });

  it('comes no more where an entry of a select shows its price', async () => {
    const testbed = await stageThatAsks();
    const { discord } = testbed;
    const ada = discord.member();
    const options = { prompt: 'a chosen boat', model: UNPRICED, resolution: '1080p' };
    const refusal = await (
      await ada.slash(discord.channelId, 'video', options)
    ).waitFor(isAnswered);
    const made = await ada.selectMenu(refusal, selectOf(refusal), ['0']);
    expect((await made.waitFor(isDelivered)).content).toContain('$2.00');
  });

  it('says what became of it also after a restart in which its price rose', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const { handle, question } = await ask(testbed, ada);
    await testbed.kill();
    await writePrices(testbed, DEARER);
    await testbed.start();

    const again = await ada.click(question, buttonOf(question, 'Make'));
    const asked = await again.waitFor(isAnswered);
    expect(asked.content).toContain('(**$2.00**)');
    expect(asked.content).toContain('will cost **$3.00**');
    const closed = await handle.waitFor(({ content }) => content.includes('asks again'));
    expect(closed.buttons).toEqual([]);
    expect(testbed.providers.acceptedCreates()).toBe(0);

    await (await ada.click(asked, buttonOf(asked, 'Make'))).waitFor(isDelivered);
    await again.waitFor(({ content }) => content.startsWith('Confirmed'));
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });

  it('says that its price is no longer valid to who clicks too late', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const { handle, question } = await ask(testbed, ada);
    testbed.discord.advance(11 * 60_000);
    const late = await ada.click(question, buttonOf(question, 'Make'));
    expect((await late.waitFor(isAnswered)).content).toContain('was valid for 10 minutes');
    const closed = await handle.waitFor(({ content }) => content.includes('was valid for'));
    expect(closed.buttons).toEqual([]);
  });

  it('stays as it is where its token died, and the click is answered all the same', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const { handle, question } = await ask(testbed, ada);
    testbed.discord.advance(16 * 60_000);
    const late = await ada.click(question, buttonOf(question, 'Make'));
    expect((await late.waitFor(isAnswered)).content).toContain('was valid for 10 minutes');
    expect(handle.message()?.content).toContain('will cost');
    expect(testbed.bot.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});
