import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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
  return (await privateAnswer(admin.slash(discord.channelId, command, options))).content;
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
      set: Record<string, OptionValue>,
      refusal: string,
      unset: Record<string, OptionValue>,
    ][] = [
      [{ word_add: 'ＢＯＡＴ' }, 'contains a word', { word_remove: 'boat' }],
      [{ member_block: ada }, 'blocked', { member_unblock: ada }],
      [{ channel_add: other }, `<#${other.id}>`, { channel_add: general }],
      [{ route_add: UNPRICED }, 'Allowed: SP', { route_remove: UNPRICED }],
    ];
    for (const [set, refusal, unset] of tries) {
      await asAdmin(testbed, 'settings set', set);
      expect(await refusalOf(video(testbed, ada))).toContain(refusal);
      await asAdmin(testbed, 'settings set', unset);
      expect(await refusalOf(video(testbed, ada))).toBeUndefined();
    }
  });

  it('says that the last channel off the list opens all of them', async () => {
    const testbed = await stageWith();
    const channel = { id: testbed.discord.channelId };
    await asAdmin(testbed, 'settings set', { channel_add: channel });
    expect(await asAdmin(testbed, 'settings set', { channel_remove: channel })).toContain(
      '`/video` works in **every channel**',
    );
  });

  it('makes the messages of tasks speak the server’s language', async () => {
    const testbed = await stageWith();
    await asAdmin(testbed, 'settings set', { language: 'zh-CN' });
    const done = await (await video(testbed, testbed.discord.member())).waitFor(isDelivered);
    expect(done.content).toContain('完成');
  });
});

async function stageThatAsks(): Promise<Testbed> {
  const testbed = await stageWith();
  expect(await asAdmin(testbed, 'settings set', { confirm_above: '0.99' })).toBe(
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
    ['settings set', { confirm_above: '0', language: 'zh-CN' }],
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

    const late = await privateAnswer(ada.click(question, customId));
    expect(late.content).toContain('already confirmed');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });

  it('asks where the price is unknown, and not where it is at most the amount', async () => {
    const testbed = await stageThatAsks();
    const ada = testbed.discord.member();
    const unknown = await privateAnswer(video(testbed, ada, { model: UNPRICED }));
    expect(unknown.content).toContain('price unknown');
    expect(unknown.buttons).toHaveLength(1);
    await asAdmin(testbed, 'settings set', { confirm_above: '1' });
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
    const again = await privateAnswer(ada.click(question, customId));
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

    await asAdmin(testbed, 'settings set', { member_block: ada });
    const blocked = await privateAnswer(ada.click(second.question, second.customId));
    expect(blocked.content).toContain('blocked');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });
});
