import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { isEndOf, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';

const MODEL = 'jimmy/seedance2.0-mini-sp';
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', per: 'task' } },
};

let testbed: BotTestbed;
beforeEach(async () => {
  testbed = await openTestbed();
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
});
afterEach(async () => testbed.close());

async function endOf({ id }: InteractionHandle): Promise<void> {
  await testbed.bot.waitForLine((line) => isEndOf(line, id));
}

async function makeOne(member: MemberActor, prompt: string): Promise<MessageView> {
  const { channelId } = testbed.discord;
  const call = await member.slash(channelId, 'video', { prompt, model: MODEL });
  const message = await call.waitFor(({ attachments }) => attachments.length > 0);
  await endOf(call);
  return message;
}

/** Makes videos: the last one when the others, made at once, are done. */
async function make(
  member: MemberActor,
  last: string,
  ...earlier: readonly string[]
): Promise<MessageView> {
  await Promise.all(earlier.map(async (prompt) => makeOne(member, prompt)));
  return makeOne(member, last);
}

async function shown(call: Promise<InteractionHandle>): Promise<MessageView> {
  const message = await (await call).waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}

const history = async (member: MemberActor, search?: string): Promise<MessageView> =>
  shown(member.slash(testbed.discord.channelId, 'history', search === undefined ? {} : { search }));

/** A click on a button of the list, which then shows the next page. */
async function turn(member: MemberActor, list: MessageView, label: string): Promise<MessageView> {
  const button = list.buttons.find((each) => each.label === label);
  const before = list.text;
  const click = await member.click(list, button?.customId ?? label);
  await click.acknowledged;
  return click.waitFor(({ text }) => text !== before);
}

const idOfSelect = (list: MessageView): string =>
  JSON.stringify(list.components).match(/history-open:\d+/)?.[0] ?? '';
const valuesOf = (list: MessageView): string[] =>
  [...JSON.stringify(list.components).matchAll(/"value":"(\d+)"/g)].map(([, id = '']) => id);

describe.each([
  ['en-US', 'en'],
  ['zh-CN', 'zh-CN'],
] as const)('/history (%s)', (locale, language) => {
  const { history: words, task } = messagesFor(language);

  it('lists one’s own videos with their facts, and opens one with its buttons', async () => {
    const [ada, ben] = [testbed.discord.member({ locale }), testbed.discord.member({})];
    expect((await history(ada)).text).toContain(words.none);
    await make(ben, 'not hers');
    testbed.providers.knobs.jimmy.create.next({ kind: 'refused', reason: '提示词包含敏感信息' });
    const refused = await ada.slash(testbed.discord.channelId, 'video', {
      prompt: 'a refused one',
      model: MODEL,
    });
    await endOf(refused);
    const made = await make(ada, 'a **paper** boat');

    const list = await history(ada);
    expect(list.text).toContain(words.title);
    const [first = '', firstFacts = '', second = '', secondFacts = ''] = list.text
      .split('\n')
      .filter((line) => /^(?:\*\*\d|-# <t)/.test(line));
    expect(first).toContain(String.raw`a \*\*paper\*\* boat`);
    expect(firstFacts).toMatch(/^-# <t:\d+:f> · Mini Special · /);
    const { guildId, channelId } = testbed.discord;
    const price = language === 'en' ? '$0.90' : 'US$0.90';
    expect(firstFacts).toContain(
      ` · ${words.ends.delivered} · ${price} · [${words.message}](https://discord.com/channels/${guildId}/${channelId}/${made.id})`,
    );
    expect(second).toContain('a refused one');
    expect(secondFacts).toContain(` · ${words.ends.refused} · ${words.notCharged} · `);
    expect(secondFacts).toContain(String(refused.message()?.id));
    expect(list.text).not.toContain('not hers');

    const [value = ''] = valuesOf(list);
    const opened = await shown(ada.selectMenu(list, idOfSelect(list), [value]));
    expect(opened.content).toContain(task.done);
    expect(opened.buttons.map(({ label }) => label)).toContain(words.goToMessage);
    expect(opened.buttons.map(({ customId }) => customId)).toContain(`again:${value}`);
  });

  it('turns pages back and forth, also after a restart', async () => {
    const ada = testbed.discord.member({ locale });
    await make(ada, 'the last boat', ...Array.from({ length: 11 }, () => 'a boat'));
    const first = await history(ada);
    expect(valuesOf(first)).toHaveLength(10);
    expect(first.text).toContain('**1.** the last boat');
    expect(first.buttons.map(({ label }) => label)).toEqual([words.older]);
    const second = await turn(ada, first, words.older);
    expect(second.id).toBe(first.id);
    expect(valuesOf(second)).toHaveLength(2);
    expect(second.text).toContain(words.kept(30));
    await testbed.kill();
    await testbed.start();
    const back = await turn(ada, second, words.newer);
    expect(valuesOf(back)).toEqual(valuesOf(first));
  });

  it('finds words of a prompt, and forgets a search with the process', async () => {
    const ada = testbed.discord.member({ locale });
    await make(ada, 'a KITE', 'a boat', ...Array.from({ length: 11 }, () => 'a red kite'));
    const first = await history(ada, 'Kite');
    expect(first.text).toContain(words.titleFound('Kite'));
    expect(valuesOf(first)).toHaveLength(10);
    const second = await turn(ada, first, words.older);
    expect(valuesOf(second)).toHaveLength(2);
    expect((await history(ada, 'lighthouse')).text).toContain(words.noneFound);
    await testbed.kill();
    await testbed.start();
    const [newer] = second.buttons;
    const answer = await shown(ada.click(second, newer?.customId ?? ''));
    expect(answer.content).toBe(words.searchGone);
  });
});

describe('ids of a history from outside', () => {
  it('show nothing of another member or server, and break nothing', async () => {
    const [ada, eve] = [testbed.discord.member({}), testbed.discord.member({})];
    await make(ada, 'a secret of hers');
    const list = await history(ada);
    const [id = ''] = valuesOf(list);
    const { answers, history: words } = messagesFor('en');
    const raw = { raw: true } as const;
    const opened = await shown(eve.selectMenu(list, `history-open:${id}`, [id], raw));
    expect(opened.content).toBe(words.gone);
    const later = String(BigInt(id) + 1n);
    const page = await eve.click(list, `history-older:${later}`, raw);
    const replaced = await page.waitFor(({ text }) => text.includes('No more'));
    expect(replaced.text).not.toContain('secret');
    for (const customId of ['history-older:x', 'history-newer:', 'history-older:1:2']) {
      const answer = await shown(eve.click(list, customId, raw));
      expect(answer.content).toBe(answers.notUnderstood);
    }
    const forged = await shown(eve.click(list, `search-older:${id}`, raw));
    expect(forged.content).toBe(words.searchGone);
  });

  it('of videos that were deleted with one’s data say so', async () => {
    const ada = testbed.discord.member({});
    await make(ada, 'soon gone');
    const list = await history(ada);
    const question = await shown(ada.slash(testbed.discord.channelId, 'privacy delete', {}));
    const erasing = await ada.click(question, question.buttons[0]?.customId ?? '');
    await erasing.waitFor(({ content }) => content.includes('Deleted:'));
    const [value = ''] = valuesOf(list);
    const opened = await shown(ada.selectMenu(list, idOfSelect(list), [value]));
    expect(opened.content).toBe(messagesFor('en').history.gone);
    expect((await history(ada)).text).toContain(messagesFor('en').history.none);
  });
});
