import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import type { ApiRequest } from '../../src/simulators/discord/rest/request.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL, createsOf, endedMessage, hasClip } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  await testbed.start();
});
afterEach(async () => {
  testbed.providers.hooks.beforeAnswer = undefined;
  testbed.discord.faults.clear();
  await testbed.untilIdle();
});
afterAll(async () => testbed.close());

const MINUTE_MS = 60_000;
const isCallback = ({ path }: ApiRequest): boolean => path.endsWith('/callback');

/** Kills the bot at its next first answer, before or after Discord has it. */
async function killAtCallback(moment: 'beforeEffect' | 'beforeAnswer'): Promise<void> {
  return new Promise((resolve) => {
    const remove = testbed.discord[moment](async (request: ApiRequest) => {
      if (!isCallback(request)) return;
      remove();
      await testbed.kill();
      resolve();
    });
  });
}

/** Kills the bot while it waits for the answer to its next create. */
async function killAtCreate(): Promise<void> {
  return new Promise((resolve) => {
    testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
      if (purpose !== 'create') return;
      testbed.providers.hooks.beforeAnswer = undefined;
      await testbed.kill();
      resolve();
    };
  });
}

function idOf(message: MessageView, label: string): string {
  const found = message.buttons.find(({ label: own }) => own.startsWith(label));
  if (found?.customId === undefined) throw new Error(`no button ${label}`);
  return found.customId;
}

async function finished(prompt: string) {
  const ada = testbed.discord.member();
  const call = await ada.slash(testbed.discord.channelId, 'video', { prompt, model: ANY_MODEL });
  const message = await endedMessage(testbed, call);
  expect(hasClip(message)).toBe(true);
  return { ada, message };
}

/** How a member begins the second video: by one click, or by a form that was opened before. */
type Begin = (
  member: MemberActor,
  message: MessageView,
) => Promise<() => Promise<InteractionHandle>>;
const WAYS: readonly (readonly [string, string, Begin])[] = [
  [
    'Again',
    'again',
    async (member, message) => async () => member.click(message, idOf(message, 'Again')),
  ],
  [
    'the form of Edit',
    'edited',
    async (member, message) => {
      const opened = await member.click(message, idOf(message, 'Edit'));
      await opened.acknowledged;
      return async () => member.modalSubmit(opened, { prompt: `${promptIn(message)} edited` });
    },
  ],
];

const promptIn = ({ content }: MessageView): string => /^> (.+)$/mu.exec(content)?.[1] ?? '';
/** The creates of the second video: of Again all but the first one. */
function secondCreates(prompt: string, kind: string): number {
  return kind === 'again'
    ? createsOf(testbed, prompt).length - 1
    : createsOf(testbed, `${prompt} edited`).length;
}

describe.each(WAYS)('%s, and the bot is killed', (_what, kind, begin) => {
  it('before its reply stands: nothing began, and the same button works next', async () => {
    const prompt = `a swing before anything ${kind}`;
    const { ada, message } = await finished(prompt);
    const press = await begin(ada, message);
    const dead = killAtCallback('beforeEffect');
    await press();
    await dead;
    await testbed.start();
    expect(secondCreates(prompt, kind)).toBe(0);
    const next = await press();
    expect(hasClip(await endedMessage(testbed, next))).toBe(true);
    expect(secondCreates(prompt, kind)).toBe(1);
  });

  it('between its reply and the first record: the message says that nothing began', async () => {
    const prompt = `a swing in between ${kind}`;
    const { ada, message } = await finished(prompt);
    const press = await begin(ada, message);
    const dead = killAtCallback('beforeAnswer');
    const first = await press();
    await dead;
    await testbed.start();
    const end = await first.waitFor(({ text }) => text.includes('interrupted before this began'));
    expect(end.content).toContain('Nothing was sent or charged');
    expect(secondCreates(prompt, kind)).toBe(0);
    const next = await press();
    expect(hasClip(await endedMessage(testbed, next))).toBe(true);
    expect(secondCreates(prompt, kind)).toBe(1);
  });

  it('while it waits for the provider: one create, and its message says how it ended', async () => {
    const prompt = `a swing sent once ${kind}`;
    const { ada, message } = await finished(prompt);
    const press = await begin(ada, message);
    const dead = killAtCreate();
    const first = await press();
    await dead;
    await testbed.start();
    const end = await endedMessage(testbed, first);
    expect(end.content).toMatch(/never confirmed|Done/u);
    expect(secondCreates(prompt, kind)).toBe(1);
  });
});

describe('a button', () => {
  it('works when the token of its own message expired long ago', async () => {
    const { ada, message } = await finished('a patient swing');
    testbed.discord.advance(16 * MINUTE_MS);
    const again = await ada.click(message, idOf(message, 'Again'));
    expect(hasClip(await endedMessage(testbed, again))).toBe(true);
    expect(createsOf(testbed, 'a patient swing')).toHaveLength(2);
  });

  it('works in a form that is sent 14 minutes after it was opened, by another process', async () => {
    const { ada, message } = await finished('a swing at rest');
    const opened = await ada.click(message, idOf(message, 'Edit'));
    await opened.acknowledged;
    testbed.discord.advance(14 * MINUTE_MS);
    await testbed.kill();
    await testbed.start();
    const sent = await ada.modalSubmit(opened, { prompt: 'a swing that moves' });
    expect(hasClip(await endedMessage(testbed, sent))).toBe(true);
  });

  it('works on the message that replaces a deleted one', async () => {
    const prompt = 'a swing of two ropes';
    testbed.providers.knobs.jimmy.taskMs = 300;
    const ada = testbed.discord.member();
    const call = await ada.slash(testbed.discord.channelId, 'video', { prompt, model: ANY_MODEL });
    await call.waitFor(({ text }) => text.includes('Generating'));
    const original = call.message();
    if (original === null) throw new Error('no message');
    testbed.discord.deleteMessage(original.id);
    testbed.providers.knobs.jimmy.taskMs = 0;
    await testbed.untilIdle();
    const repost = testbed.discord
      .messages(testbed.discord.channelId)
      .find((message) => !message.deleted && message.content.includes(prompt));
    if (repost === undefined) throw new Error('no new message');
    expect(hasClip(repost)).toBe(true);
    const again = await ada.click(repost, idOf(repost, 'Again'));
    const second = await endedMessage(testbed, again);
    expect(hasClip(second)).toBe(true);
    expect(second.content).toContain(repost.id);
  });

  it('works although the original message was deleted before the click arrived', async () => {
    const { ada, message } = await finished('a swing that is taken away');
    testbed.discord.deleteMessage(message.id);
    const again = await ada.click(message, idOf(message, 'Again'), { raw: true });
    expect(hasClip(await endedMessage(testbed, again))).toBe(true);
  });
});
