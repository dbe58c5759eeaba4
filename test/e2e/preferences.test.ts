import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberActor, OptionValue } from '../../src/simulators/discord/actors/api.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';

const MODEL = 'jimmy/seedance2.0-mini-sp';
const FIXED = 'jimmy/seedance2.0-fast-i2v';
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-480p': { amount: '0.50', per: 'task' } },
};

let testbed: BotTestbed;
beforeEach(async () => {
  testbed = await openTestbed();
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
});
afterEach(async () => testbed.close());

type Options = Readonly<Record<string, OptionValue>>;

async function ask(member: MemberActor, command: string, options: Options = {}): Promise<string> {
  const call = await member.slash(testbed.discord.channelId, command, options);
  const message = await call.waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message.content;
}

/** The text of a finished video’s message. */
async function madeBy(member: MemberActor, options: Options = {}): Promise<string> {
  const given = { prompt: 'a paper boat', model: MODEL, ...options };
  const call = await member.slash(testbed.discord.channelId, 'video', given);
  return (await call.waitFor(({ attachments }) => attachments.length > 0)).content;
}

const SET = { duration: 7, resolution: '480p', ratio: '1:1', reuse: 'me', model: MODEL } as const;

describe.each([
  ['en-US', 'en'],
  ['zh-CN', 'zh-CN'],
] as const)('/preferences (%s)', (locale, language) => {
  const { preferences: words, units } = messagesFor(language);

  it('sets, shows and clears one’s own, over a restart', async () => {
    const ada = testbed.discord.member({ locale });
    const nothing = await ask(ada, 'preferences show');
    expect(nothing).toBe(units.sentences([words.title, words.none]));
    expect(await ask(ada, 'preferences set')).toBe(words.nothingGiven);

    const saved = await ask(ada, 'preferences set', SET);
    expect(saved).toContain(words.saved);
    expect(saved).toContain(units.named('- `duration`', units.seconds('7')));
    expect(saved).toContain(units.named('- `reuse`', words.command.reuseChoices.me));
    await testbed.kill();
    await testbed.start();
    expect(await ask(ada, 'preferences show')).toBe(saved.replace(words.saved, words.title));

    const left = await ask(ada, 'preferences clear', { preference: 'duration' });
    expect(left).not.toContain('`duration`');
    expect(left).toContain(units.named('- `ratio`', '1:1'));
    expect(await ask(ada, 'preferences clear')).toBe(units.sentences([words.cleared, words.none]));
  });

  it('fills in /video, says what it left out, and never changes what was typed', async () => {
    const ada = testbed.discord.member({ locale });
    await ask(ada, 'preferences set', SET);
    expect(await madeBy(ada)).toContain(`${units.seconds('7')} · 480p · 1:1 · `);
    expect(await madeBy(ada, { duration: 5, ratio: '9:16' })).toContain(
      `${units.seconds('5')} · 480p · 9:16 · `,
    );
    const fixed = await madeBy(ada, { model: FIXED });
    expect(fixed).toContain(`${units.seconds('7')} · 720p · 1:1 · `);
    expect(fixed).toContain(`\n-# ${words.leftOut('`resolution`')}\n`);
    expect(await madeBy(testbed.discord.member({ locale }))).toContain(units.seconds('5'));
    const sent = testbed.providers.requests.filter(({ purpose }) => purpose === 'create');
    expect(sent.map(({ body }) => body)).toMatchObject([
      { duration: 7, resolution: '480p', ratio: '1:1' },
      { duration: 5, resolution: '480p', ratio: '9:16' },
      { duration: 7, ratio: '1:1' },
      { duration: 5 },
    ]);
  });
});

it('fills in before the price is asked, which is then also what is made', async () => {
  const admin = testbed.discord.member({ permissions: 0x20n });
  await ask(admin, 'settings set money', { confirm_above: '0' });
  const ada = testbed.discord.member({});
  await ask(ada, 'preferences set', { ...SET, duration: 60 });
  const call = await ada.slash(testbed.discord.channelId, 'video', {
    prompt: 'a paper boat',
    model: MODEL,
  });
  const price = await call.waitFor(({ buttons }) => buttons.length > 0);
  expect(price.content).toContain('$0.50');
  const click = await ada.click(price, price.buttons[0]?.customId ?? '');
  const { content } = await click.waitFor(({ attachments }) => attachments.length > 0);
  expect(content).toContain('5 s · 480p · 1:1 · $0.50');
  expect(content).toContain('`duration`');
});

it('fills in a request whose model is chosen from the list, prices included', async () => {
  const ada = testbed.discord.member();
  await ask(ada, 'preferences set', { duration: 7, resolution: '480p', ratio: '1:1' });
  const call = await ada.slash(testbed.discord.channelId, 'video', { prompt: 'a boat of choice' });
  const asked = await call.waitFor(({ loading }) => !loading);
  expect(asked.text).toContain('480p · $0.50');
  const select = /"custom_id":"(choose:\d+)"/u.exec(JSON.stringify(asked.components))?.[1] ?? '';
  const chosen = await ada.selectMenu(asked, select, ['0']);
  const { content } = await chosen.waitFor(({ attachments }) => attachments.length > 0);
  expect(content).toContain('7 s · 480p · 1:1');
});

it('is shown, exported and deleted with the member’s data', async () => {
  const ada = testbed.discord.member({});
  await ask(ada, 'preferences set', SET);
  expect(await ask(ada, 'privacy show')).toContain('your `/preferences`');
  const call = await ada.slash(testbed.discord.channelId, 'privacy export', {});
  const { attachments } = await call.waitFor(({ loading }) => !loading);
  const bytes = testbed.discord.attachmentBytes(attachments[0]?.id ?? '') ?? [];
  expect(JSON.parse(Buffer.from(bytes).toString('utf8'))).toMatchObject({
    preferences: { durationSeconds: 7, resolution: '480p', ratio: '1:1', reuse: 'me' },
  });
  const asked = await ada.slash(testbed.discord.channelId, 'privacy delete', {});
  const question = await asked.waitFor(({ loading }) => !loading);
  const click = await ada.click(question, question.buttons[0]?.customId ?? '');
  const deleted = await click.waitFor(({ content }) => content.includes('Deleted:'));
  expect(deleted.content).toContain('Also deleted: your `/preferences`');
  expect(await ask(ada, 'preferences show')).toContain('none');
});
