import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL, createsOf, endedMessage, fileFor, hasClip } from './video-call.ts';

const { second } = messagesFor('en');
const GALLERY_ID = '1300000000000007001';

let testbed: BotTestbed;
beforeAll(async () => {
  const channels = [{ name: 'general' }, { id: GALLERY_ID, name: 'gallery' }];
  testbed = await openTestbed({
    discord: { guilds: [{ channels }] },
    env: { FFMPEG_PATH: '/nowhere/ffmpeg' },
  });
  await testbed.start();
});
afterAll(async () => testbed.close());

function idOf(message: MessageView, label: string): string {
  const found = message.buttons.find(({ label: own }) => own.startsWith(label));
  if (found?.customId === undefined) throw new Error(`no button ${label}`);
  return found.customId;
}
async function privately(call: InteractionHandle): Promise<MessageView> {
  const message = await call.waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}
async function finished(prompt: string, options: Parameters<MemberActor['slash']>[2] = {}) {
  const ada = testbed.discord.member();
  const call = await ada.slash(testbed.discord.channelId, 'video', {
    prompt,
    model: ANY_MODEL,
    ...options,
  });
  const message = await endedMessage(testbed, call);
  expect(hasClip(message)).toBe(true);
  return { ada, message };
}
async function menuOf(member: MemberActor, message: MessageView): Promise<MessageView> {
  return privately(await member.click(message, idOf(message, '⋯')));
}
async function choose(member: MemberActor, menu: MessageView, label: string): Promise<MessageView> {
  return privately(await member.click(menu, idOf(menu, label)));
}
/** The question of a click says this instead, and has no button any more. */
async function becomes(click: InteractionHandle, { id }: MessageView, text: string): Promise<void> {
  const answer = await click.waitFor(({ content }) => content === text, { label: text });
  expect([answer.id, answer.ephemeral, answer.buttons]).toEqual([id, true, []]);
}
const labelsOf = ({ buttons }: MessageView): string[] => buttons.map(({ label }) => label);

describe('⋯', () => {
  it('has for the caller all, for others what is theirs, and deletes for moderators', async () => {
    const { ada, message } = await finished('a boat with a menu');
    const bob = testbed.discord.member();
    const moderator = testbed.discord.member({ permissions: PERMISSION.manageMessages });
    expect(labelsOf(await menuOf(ada, message))).toEqual([
      'Prompt',
      'Pictures…',
      'Share',
      'Report',
      'Delete',
    ]);
    expect(labelsOf(await menuOf(bob, message))).toEqual(['Prompt', 'Report']);
    expect(labelsOf(await menuOf(moderator, message))).toEqual(['Prompt', 'Report', 'Delete']);
  });

  it('shows the whole prompt, a long one as a file', async () => {
    const { ada, message } = await finished('a boat and nothing else');
    const short = await choose(ada, await menuOf(ada, message), 'Prompt');
    expect(short.content).toContain('> a boat and nothing else');
    const long = 'a very long boat '.repeat(100).trim();
    const other = await finished(long);
    const answer = await choose(other.ada, await menuOf(other.ada, other.message), 'Prompt');
    const [file] = answer.attachments;
    const bytes = testbed.discord.attachmentBytes(file?.id ?? '') ?? new Uint8Array();
    expect(new TextDecoder().decode(bytes)).toBe(long);
  });

  it('keeps a prompt to its caller whose wish that is', async () => {
    const { ada, message } = await finished('a secret boat');
    await privately(await ada.slash(testbed.discord.channelId, 'preferences set', { reuse: 'me' }));
    const bob = testbed.discord.member();
    const answer = await choose(bob, await menuOf(bob, message), 'Prompt');
    expect(answer.content).toContain('Only the member who made this video');
    const again = await privately(await bob.click(message, idOf(message, 'Again')));
    expect(again.content).toContain('Only the member who made this video');
    expect(createsOf(testbed, 'a secret boat')).toHaveLength(1);
  });
});

describe('Share', () => {
  it('lets others use what its caller attached', async () => {
    const { ada, message } = await finished('a boat of a picture', {
      model: 'jimmy/seedance2.0-sp',
      image1: fileFor('image1'),
    });
    const bob = testbed.discord.member();
    const before = await privately(await bob.click(message, idOf(message, 'Again')));
    expect(before.content).toContain('belong to someone else');
    const shared = await choose(ada, await menuOf(ada, message), 'Share');
    expect(shared.content).toContain('Shared');
    const again = await bob.click(message, idOf(message, 'Again'));
    expect(hasClip(await endedMessage(testbed, again))).toBe(true);
    expect(createsOf(testbed, 'a boat of a picture')).toHaveLength(2);
  });

  it('is for its caller alone, also if the button is forged', async () => {
    const { message } = await finished('a boat to keep');
    const bob = testbed.discord.member();
    const menu = await menuOf(bob, message);
    const forged = idOf(menu, 'Report').replace('report', 'share');
    const answer = await privately(
      await bob.click(menu, idOf(menu, 'Report'), {
        raw: true,
        alter: (payload) => ({ ...payload, data: { component_type: 2, custom_id: forged } }),
      }),
    );
    expect(answer.content).toContain('Only the member who made this video');
  });
});

describe('Report', () => {
  it('reaches the admins once a member and video, five times a day', async () => {
    const videos = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => finished(`a reported boat ${index}`)),
    );
    const bob = testbed.discord.member();
    const answers: string[] = [];
    for (const { message } of videos) {
      answers.push((await choose(bob, await menuOf(bob, message), 'Report')).content);
    }
    expect(answers.slice(0, 5).every((text) => text.startsWith('Reported'))).toBe(true);
    expect(answers[5]).toContain('5 videos today');
    const [first] = videos;
    if (first === undefined) throw new Error('no video');
    const twice = await choose(bob, await menuOf(bob, first.message), 'Report');
    expect(twice.content).toContain('already reported');
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    const holds = await privately(await admin.slash(testbed.discord.channelId, 'usage holds', {}));
    // The newest notices are shown.
    expect(holds.text).toContain(videos[4]?.message.id);
    expect(holds.text).toContain(`<@${bob.id}>`);
  });
});

describe('Delete', () => {
  it('asks once, then removes the message and the prompt, and nothing can be made of it', async () => {
    const { ada, message } = await finished('a boat to forget');
    const asked = await choose(ada, await menuOf(ada, message), 'Delete');
    expect(asked.content).toContain('Delete this video?');
    expect(testbed.discord.message(message.id)?.deleted).toBe(false);
    await becomes(await ada.click(asked, idOf(asked, 'Delete it')), asked, 'Deleted.');
    expect(testbed.discord.message(message.id)?.deleted).toBe(true);
    const late = await ada.click(message, idOf(message, 'Again'), { raw: true });
    expect((await privately(late)).content).toContain('were deleted');
    expect(createsOf(testbed, 'a boat to forget')).toHaveLength(1);
    const data = await privately(await ada.slash(testbed.discord.channelId, 'privacy show'));
    expect(data.content).toContain('0 videos with their prompts');
    expect(data.content).toContain("1 lines in the servers' journals");
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    const usage = await privately(await admin.slash(testbed.discord.channelId, 'usage export', {}));
    const [csv] = usage.attachments;
    const bytes = testbed.discord.attachmentBytes(csv?.id ?? '') ?? new Uint8Array();
    expect(new TextDecoder().decode(bytes)).toContain(ada.id);
  });

  it('is refused to others, also with a forged button', async () => {
    const { message } = await finished('a boat that stays');
    const bob = testbed.discord.member();
    const menu = await menuOf(bob, message);
    const forged = idOf(menu, 'Report').replace('report', 'delete-yes');
    const click = await bob.click(menu, idOf(menu, 'Report'), {
      raw: true,
      alter: (payload) => ({ ...payload, data: { component_type: 2, custom_id: forged } }),
    });
    await becomes(click, menu, second.menu.mayNotDelete);
    expect(testbed.discord.message(message.id)?.deleted).toBe(false);
  });

  it('removes a message whose record is gone, for its caller', async () => {
    const { ada, message } = await finished('a boat without a record');
    const forged = await ada.click(message, idOf(message, '⋯'), {
      raw: true,
      alter: (payload) => ({
        ...payload,
        data: { component_type: 2, custom_id: 'more:1300000000000000999' },
      }),
    });
    const offered = await privately(forged);
    expect(offered.content).toContain('still delete its message');
    const press = idOf(offered, 'Delete');
    await becomes(await ada.click(offered, press), offered, 'Deleted.');
    expect(testbed.discord.message(message.id)?.deleted).toBe(true);
    const twice = await ada.click(offered, press, { raw: true });
    await becomes(twice, offered, second.menu.noMessage);
  });

  it('says so where Discord keeps the message, and on a second click', async () => {
    const { ada, message } = await finished('a boat that Discord keeps');
    const asked = await choose(ada, await menuOf(ada, message), 'Delete');
    const { faults } = testbed.discord;
    faults.add({
      method: 'DELETE',
      route: '/channels/:channel/messages/:message',
      when: ({ path }) => path.endsWith(message.id),
      times: Infinity,
      action: { kind: 'answer', status: 403, body: { code: 50_013, message: 'Missing' } },
    });
    const press = idOf(asked, 'Delete it');
    await becomes(await ada.click(asked, press), asked, second.menu.messageStays);
    faults.clear();
    expect(testbed.discord.message(message.id)?.deleted).toBe(false);
    const twice = await ada.click(asked, press, { raw: true });
    await becomes(twice, asked, second.menu.deletedBefore);
    // As that answer says.
    const offered = await menuOf(ada, message);
    await becomes(await ada.click(offered, idOf(offered, 'Delete')), offered, 'Deleted.');
    expect(testbed.discord.message(message.id)?.deleted).toBe(true);
  });

  it('changes no public message, whatever a forged click is on', async () => {
    const { message } = await finished('a boat in public');
    const again = idOf(message, 'Again');
    const forged = again.replace('again', 'delete-yes');
    const bob = testbed.discord.member();
    const answer = await privately(
      await bob.click(message, again, {
        raw: true,
        alter: (payload) => ({ ...payload, data: { component_type: 2, custom_id: forged } }),
      }),
    );
    expect(answer.content).toBe(second.menu.mayNotDelete);
    expect(testbed.discord.message(message.id)?.text).toBe(message.text);
  });
});

describe('a gallery', () => {
  it('gets what is shared by a forward, once', async () => {
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    await privately(
      await admin.slash(testbed.discord.channelId, 'settings set messages', {
        gallery: GALLERY_ID,
      }),
    );
    const { ada, message } = await finished('a boat to show');
    const shared = await choose(ada, await menuOf(ada, message), 'Share');
    expect(shared.content).toContain('forwarded to the gallery');
    await choose(ada, await menuOf(ada, message), 'Share');
    const forwards = testbed.discord.messages(GALLERY_ID);
    expect(forwards).toHaveLength(1);
    const asked = await choose(ada, await menuOf(ada, message), 'Delete');
    await becomes(await ada.click(asked, idOf(asked, 'Delete it')), asked, 'Deleted.');
    expect(testbed.discord.messages(GALLERY_ID).every(({ deleted }) => deleted)).toBe(true);
  });
});
