import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
} from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';

const MODEL = 'jimmy/seedance2.0-mini-sp';
const UNPRICED = 'jimmy/seedance2.0-sp';
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '1.00', per: 'task' } },
};

const suggestionsSchema = z.object({ choices: z.array(z.object({ value: z.string() })) });

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith(): Promise<Testbed> {
  const testbed = await startTestbed({
    providers: { quick: true, taskMs: 0 },
    env: { MAX_ACTIVE_PER_USER: '100' },
  });
  open = testbed;
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  return testbed;
}

async function privateAnswer(handle: Promise<InteractionHandle>): Promise<MessageView> {
  const message = await (await handle).waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}

/** What an admin is told on a command. */
async function asAdmin(
  { discord }: Testbed,
  command: string,
  options: Readonly<Record<string, OptionValue>> = {},
): Promise<string> {
  const admin = discord.member({ id: '150000000000000001', permissions: PERMISSION.manageGuild });
  const answer = await privateAnswer(admin.slash(discord.channelId, command, options));
  // One made of Components V2 has no content.
  return answer.content === '' ? answer.text : answer.content;
}

const video = async (
  { discord }: Testbed,
  member: MemberActor,
  options: Readonly<Record<string, OptionValue>> = {},
): Promise<InteractionHandle> =>
  member.slash(discord.channelId, 'video', { prompt: 'a paper boat', model: MODEL, ...options });

/** The refusal of a `/video`, or undefined where it became a task. */
async function refusalOf(handle: Promise<InteractionHandle>): Promise<string | undefined> {
  const sent = await handle;
  const { kind } = await sent.acknowledged;
  return kind === 'deferred-message' ? undefined : sent.message()?.content;
}

const isDelivered = ({ attachments }: MessageView): boolean => attachments.length > 0;

describe('what admins forbid', () => {
  it('is refused, in the words of the setting, and allowed again when it is taken back', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const ada = discord.member();
    const general = { id: discord.channelId };
    const other = discord.world.addChannel(discord.guildId, { name: 'films' });
    const tries: [
      group: string,
      set: Record<string, OptionValue>,
      refusal: string,
      unset: Record<string, OptionValue>,
    ][] = [
      ['words', { word_add: 'ＢＯＡＴ' }, 'contains a word', { word_remove: 'boat' }],
      ['members', { member_block: ada }, 'blocked', { member_unblock: ada }],
      ['channels', { channel_add: other }, `<#${other.id}>`, { channel_add: general }],
      ['models', { route_add: UNPRICED }, 'Allowed: SP', { route_remove: UNPRICED }],
    ];
    for (const [group, set, refusal, unset] of tries) {
      await asAdmin(testbed, `settings set ${group}`, set);
      expect(await refusalOf(video(testbed, ada))).toContain(refusal);
      await asAdmin(testbed, `settings set ${group}`, unset);
      expect(await refusalOf(video(testbed, ada))).toBeUndefined();
    }
  });

  it('says that the last channel off the list opens all of them', async () => {
    const testbed = await stageWith();
    const channel = { id: testbed.discord.channelId };
    await asAdmin(testbed, 'settings set channels', { channel_add: channel });
    expect(await asAdmin(testbed, 'settings set channels', { channel_remove: channel })).toContain(
      '`/video` works in **every channel**',
    );
  });

  it('makes the messages of tasks speak the server’s language', async () => {
    const testbed = await stageWith();
    await asAdmin(testbed, 'settings set messages', { language: 'zh-CN' });
    const done = await (await video(testbed, testbed.discord.member())).waitFor(isDelivered);
    expect(done.content).toContain('完成');
  });
});

describe('a change', () => {
  it('is undone by its button, also after a crash, unless another admin changed it since', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const [first, second] = [1, 2].map(() =>
      discord.member({ permissions: PERMISSION.manageGuild }),
    );
    if (first === undefined || second === undefined) throw new Error('two admins');
    const set = async (admin: MemberActor, options: Readonly<Record<string, OptionValue>>) => {
      const handle = await admin.slash(discord.channelId, 'settings set messages', options);
      return { id: handle.id, message: await handle.waitFor(({ loading }) => !loading) };
    };
    const changed = await set(first, { language: 'zh-CN', finish_ping: true });
    await testbed.kill();
    await testbed.start();
    const undo = await first.click(changed.message, `undo:${changed.id}`);
    const undone = await undo.waitFor(({ content }) => content.startsWith('Undone:'));
    expect(undone.content).toContain('**finish ping**: on → off');
    expect(undone.buttons).toEqual([]);
    expect(await asAdmin(testbed, 'settings show')).toContain("**the member's own**");

    const again = await set(first, { language: 'zh-CN' });
    await set(second, { language: 'en' });
    const refused = await privateAnswer(first.click(again.message, `undo:${again.id}`));
    expect(refused.content).toContain('changed again since');
    const stranger = discord.member();
    const hostile = await stranger.click(again.message, `undo:${again.id}`, { raw: true });
    expect((await hostile.waitFor(({ loading }) => !loading)).content).toContain('Manage Server');
    expect(await asAdmin(testbed, 'settings show')).toContain('**English**');
  });

  it('is suggested while it is typed, from what there is', async () => {
    const { discord } = await stageWith();
    const admin = discord.member({ permissions: PERMISSION.manageGuild });
    const typed = async (command: string, options: Record<string, string>, focused: string) => {
      const handle = await admin.autocomplete(discord.channelId, command, options, focused);
      const { data } = await handle.acknowledged;
      return suggestionsSchema.parse(data).choices.map(({ value }) => value);
    };
    expect(await typed('settings set messages', { timezone: 'new yo' }, 'timezone')).toEqual([
      'America/New_York',
    ]);
    const models = await typed('settings set models', { default_model: 'mini' }, 'default_model');
    expect(models).toContain(MODEL);
    expect(await typed('usage show', { month: '' }, 'month')).toHaveLength(25);
  });

  it('of the channel for notices warns where everyone can read it', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const set = async (channel: { readonly id: string }) =>
      asAdmin(testbed, 'settings set messages', { notices: { id: channel.id } });
    expect(await set({ id: discord.channelId })).toContain('**Everyone in this server can read');
    const hidden = discord.world.addChannel(discord.guildId, { name: 'admins', isPrivate: true });
    expect(await set(hidden)).toBe(`Notices to the admins go to <#${hidden.id}>.`);
  });
});

async function stageThatAsks(): Promise<Testbed> {
  const testbed = await stageWith();
  expect(await asAdmin(testbed, 'settings set money', { confirm_above: '0.99' })).toBe(
    'Prices above **$0.99** have to be confirmed.',
  );
  return testbed;
}

async function askedPrice(testbed: Testbed, member: MemberActor) {
  const question = await privateAnswer(video(testbed, member));
  const [button] = question.buttons;
  expect(question.content).toContain('**$1.00**');
  return { question, customId: button?.customId ?? '' };
}

describe('a member without the permission', () => {
  it.each([
    ['settings show', {}],
    ['settings audit', {}],
    ['settings set money', { confirm_above: '0' }],
  ])('is refused /%s, whatever a stale client shows', async (command, options) => {
    const testbed = await stageWith();
    const before = await asAdmin(testbed, 'settings show');
    const ada = testbed.discord.member();
    const call = ada.slash(testbed.discord.channelId, command, options, { raw: true });
    expect((await privateAnswer(call)).content).toContain('**Manage Server**');
    expect(await asAdmin(testbed, 'settings show')).toBe(before);
  });
});

describe('a price above the amount', () => {
  it('is told to the caller alone, and the button makes the task, once', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const { question, customId } = await askedPrice(testbed, ada);
    expect(testbed.providers.acceptedCreates()).toBe(0);

    const clicks = await Promise.all([
      ada.click(question, customId),
      ada.click(question, customId),
    ]);
    const kinds = await Promise.all(clicks.map(async (click) => (await click.acknowledged).kind));
    expect(kinds.toSorted()).toEqual(['deferred-message', 'message']);
    const made = clicks[kinds.indexOf('deferred-message')];
    const done = await made?.waitFor(isDelivered);
    expect(done?.ephemeral).toBe(false);

    // A client that still shows the button.
    const late = await privateAnswer(ada.click(question, customId, { raw: true }));
    expect(late.content).toContain('already confirmed');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });

  it('asks where the price is unknown, and not where it is at most the amount', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const unknown = await privateAnswer(video(testbed, ada, { model: UNPRICED }));
    expect(unknown.content).toContain('price unknown');
    expect(unknown.buttons).toHaveLength(1);
    await asAdmin(testbed, 'settings set money', { confirm_above: '1' });
    expect(await refusalOf(video(testbed, ada))).toBeUndefined();
  });

  it('cannot be confirmed by somebody else', async () => {
    const testbed = await stageThatAsks();
    const { question, customId } = await askedPrice(testbed, testbed.discord.member());
    const mallory = testbed.discord.member();
    const answer = await privateAnswer(mallory.click(question, customId, { raw: true }));
    expect(answer.content).toContain('Only the member who asked');
    expect(testbed.providers.acceptedCreates()).toBe(0);
  });

  it('can be confirmed after a crash', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const { question, customId } = await askedPrice(testbed, ada);
    await testbed.kill();
    await testbed.start();
    await (await ada.click(question, customId)).waitFor(isDelivered);
    await testbed.kill();
    await testbed.start();
    const again = await privateAnswer(ada.click(question, customId, { raw: true }));
    expect(again.content).toContain('already confirmed');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });

  it('is decided afresh at the click: a quota used up meanwhile refuses it', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    await asAdmin(testbed, 'quota set member', {
      measure: 'videos',
      window: 'total',
      limit: '1',
      member: ada,
    });
    const [first, second] = [await askedPrice(testbed, ada), await askedPrice(testbed, ada)];
    await (await ada.click(first.question, first.customId)).waitFor(isDelivered);
    const refused = await privateAnswer(ada.click(second.question, second.customId));
    expect(refused.content).toContain(`Total limit for <@${ada.id}> reached** (1 of 1 video)`);

    await asAdmin(testbed, 'settings set members', { member_block: ada });
    const blocked = await privateAnswer(ada.click(second.question, second.customId));
    expect(blocked.content).toContain('blocked');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });
});
