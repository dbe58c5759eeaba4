import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlayground } from '../../../src/sandbox/playground/start-playground.ts';
import type { Playground } from '../../../src/sandbox/playground/start-playground.ts';
import { ADA, BRUNO, CHEN, DORA, GENERAL, visit } from './visit.ts';
import type { Tab } from './visit.ts';

const OTHER_CHANNEL = '130000000000000011';

let playground: Playground;
beforeAll(async () => {
  playground = await startPlayground({ quick: true });
});
afterAll(async () => playground.close());

const arrive = async (personId: string, locale?: 'zh-CN'): Promise<Tab> =>
  visit(playground.url, personId, locale);

/** The next message in general that fits. */
const messageIn = async (tab: Tab, pattern: RegExp) =>
  tab.until((frame) =>
    frame.kind === 'message' && pattern.test(frame.message.content) ? frame.message : undefined,
  );

describe('the snapshot', () => {
  it('shows two guilds, their upload limits, and a channel that the bot may not see', async () => {
    const { snapshot } = await arrive(DORA);
    expect(snapshot.guilds.map(({ uploadLimitBytes }) => uploadLimitBytes / 2 ** 20)).toEqual([
      20, 100,
    ]);
    for (const { channels } of snapshot.guilds) {
      expect(channels.filter(({ bot }) => !bot.view).map(({ name }) => name)).toEqual(['staff']);
    }
    expect(snapshot.people.map(({ rank }) => rank)).toEqual(['owner', 'admin', 'artist', 'member']);
    expect(snapshot.bot.name).toBe('ready');
  });

  it.each([
    [ADA, true],
    [BRUNO, true],
    [CHEN, false],
    [DORA, false],
  ])('offers %s the commands that Discord would', async (personId, managesServer) => {
    const { snapshot } = await arrive(personId);
    const names = snapshot.commands[OTHER_CHANNEL]?.map(({ name }) => name);
    expect(names).toContain('video');
    expect(names?.includes('settings')).toBe(managesServer);
  });

  it('goes back two hundred messages in each channel', async () => {
    const clips = '130000000000000002';
    const dora = playground.testbed.discord.member({ id: DORA, username: 'Dora' });
    for (let count = 1; count <= 201; count += 1) dora.say(clips, `Message ${count}`);
    const { messages } = (await arrive(DORA)).snapshot;
    const shown = messages.filter(({ channelId }) => channelId === clips);
    expect(shown).toHaveLength(200);
    expect(shown[0]?.content).toBe('Message 2');
    expect(shown.at(-1)?.content).toBe('Message 201');
  });

  it('takes whoever is nobody for the owner', async () => {
    const { snapshot } = await arrive('1');
    expect(snapshot.you).toEqual({ personId: ADA, locale: 'en-US' });
  });
});

describe('two people in a channel', () => {
  it('both see what is public, each in their own tab', async () => {
    const [dora, chen] = [await arrive(DORA), await arrive(CHEN)];
    expect(await dora.act({ kind: 'say', channelId: GENERAL, content: `Hi <@${CHEN}>` })).toEqual({
      kind: 'done',
    });
    const [mine, theirs] = [await messageIn(dora, /Hi/), await messageIn(chen, /Hi/)];
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({ authorId: DORA, mentionsUserIds: [CHEN], isEphemeral: false });
    const pinged = await chen.until((frame) => (frame.kind === 'notification' ? frame : undefined));
    expect(pinged.messageId).toBe(mine.id);
    expect(dora.frames.some(({ kind }) => kind === 'notification')).toBe(false);
  });

  it('see who called for a video, and its clip', async () => {
    const [dora, chen] = [await arrive(DORA), await arrive(CHEN)];
    const options = { prompt: 'A red fox', model: 'jimmy/seedance2.0-sp' };
    const answer = await dora.act({ kind: 'slash', channelId: GENERAL, command: 'video', options });
    expect(answer).toMatchObject({ kind: 'acknowledged' });
    const clip = await chen.until((frame) =>
      frame.kind === 'message' && frame.message.attachments.length > 0 ? frame.message : undefined,
    );
    expect(clip.command).toEqual({ label: '/video', personId: DORA });
    expect(clip.content).toContain('A red fox');
  });

  it('see a command of a message’s menu by its name, without a slash', async () => {
    const dora = await arrive(DORA);
    await dora.act({ kind: 'say', channelId: GENERAL, content: 'No picture here.' });
    const { id } = await messageIn(dora, /No picture here/);
    const target = { messageId: id };
    await dora.act({ kind: 'context-menu', channelId: GENERAL, command: 'Animate', target });
    const { command } = await dora.until((frame) =>
      frame.kind === 'message' && frame.message.command?.label === 'Animate'
        ? frame.message
        : undefined,
    );
    expect(command).toEqual({ label: 'Animate', personId: DORA });
  });

  it('never get what is for the other alone, neither live nor afterwards', async () => {
    const [dora, chen] = [await arrive(DORA), await arrive(CHEN)];
    const options = { prompt: 'A secret badger', model: 'jimmy/sd2_mx', resolution: '480p' };
    await dora.act({ kind: 'slash', channelId: GENERAL, command: 'video', options });
    const refusal = await messageIn(dora, /`resolution`/);
    expect(refusal.isEphemeral).toBe(true);
    // Frames keep their order: when this one is there, all of before are.
    await dora.act({ kind: 'say', channelId: GENERAL, content: 'That is that.' });
    await messageIn(chen, /That is that/);
    const words = refusal.content.slice(0, 40);
    const seenBy = async (tab: Tab): Promise<string> =>
      [...tab.texts, ...(await arrive(tab.as.personId)).texts].join('\n');
    expect(await seenBy(dora)).toContain(JSON.stringify(words).slice(1, -1));
    const others = await seenBy(chen);
    expect(others).not.toContain(JSON.stringify(words).slice(1, -1));
    expect(others).not.toContain(`"${refusal.id}"`);
  });

  it('cannot press the button of what they do not see', async () => {
    const [dora, chen] = [await arrive(DORA), await arrive(CHEN)];
    await dora.act({ kind: 'slash', channelId: GENERAL, command: 'quota show', options: {} });
    const { id } = await dora.until((frame) =>
      frame.kind === 'message' && frame.message.command?.label === '/quota show'
        ? frame.message
        : undefined,
    );
    expect(await chen.act({ kind: 'click', messageId: id, customId: 'any' })).toEqual({
      kind: 'refused',
      reason: 'this person sees no such message',
    });
  });
});

it('answers in the language of the request', async () => {
  const dora = await arrive(DORA, 'zh-CN');
  await dora.act({ kind: 'slash', channelId: GENERAL, command: 'quota show', options: {} });
  const answer = await dora.until((frame) =>
    frame.kind === 'message' && frame.message.command?.label === '/quota show'
      ? frame.message
      : undefined,
  );
  expect(answer.content).toMatch(/\p{Script=Han}/u);
});

it('has the quotas of the README set in both guilds', async () => {
  const ada = await arrive(ADA);
  for (const { channels } of ada.snapshot.guilds) {
    const channelId = channels[0]?.id ?? '';
    await ada.act({ kind: 'slash', channelId, command: 'quota list', options: {} });
    const list = await ada.until((frame) =>
      frame.kind === 'message' &&
      frame.message.channelId === channelId &&
      frame.message.command?.label === '/quota list'
        ? frame.message
        : undefined,
    );
    const shown = JSON.stringify(list.components);
    expect(shown).toMatch(/5 videos a day/);
    expect(shown).toMatch(/20 videos a day/);
    expect(shown).toMatch(/\$30\.00 a month/);
  }
});
