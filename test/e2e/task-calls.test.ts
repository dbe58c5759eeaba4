import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import type { DeleteAnswer } from '../../src/simulators/providers/answers.ts';
import type { RecordedRequest } from '../../src/simulators/providers/recorded-request.ts';
import { WITH_ARK, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { createsOf, endedMessage, hasClip, tasksOf } from './video-call.ts';

const MODEL = 'ark/seedance-2.0';
const NEVER_CONFIRMED = 'never confirmed the request';
const CONFLICT = JSON.stringify({ error: { code: 'InvalidAction', message: 'it runs' } });

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: WITH_ARK });
});
beforeEach(async () => {
  await testbed.ensureStarted();
});
afterEach(() => {
  const { hooks, knobs } = testbed.providers;
  hooks.beforeAnswer = undefined;
  knobs.ark.taskMs = 0;
  for (const knob of [knobs.ark.create, knobs.ark.delete, knobs.ark.list]) knob.reset();
});
afterAll(async () => testbed.close());

/** Kills the bot while it waits for the answer to its next such request; resolves when it is dead. */
async function killAt(wanted: RecordedRequest['purpose']): Promise<void> {
  return new Promise((resolve) => {
    testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
      if (purpose !== wanted) return;
      testbed.providers.hooks.beforeAnswer = undefined;
      await testbed.kill();
      resolve();
    };
  });
}

const ofPurpose = (wanted: RecordedRequest['purpose']): number =>
  testbed.providers.requests.filter(({ purpose }) => purpose === wanted).length;

const isWaiting = ({ text, buttons }: MessageView): boolean =>
  text.includes("in Ark's queue") && buttons.some(({ label }) => label === 'Cancel');

/** A video that waits in the provider's queue, and a click on its Cancel by its caller. */
async function queuedVideo(prompt: string) {
  testbed.providers.knobs.ark.taskMs = Infinity;
  const caller = testbed.discord.member();
  const { channelId } = testbed.discord;
  const call = await caller.slash(channelId, 'video', { prompt, model: MODEL });
  const message = await call.waitFor(isWaiting);
  const customId = message.buttons[0]?.customId ?? '';
  const click = async (): Promise<InteractionHandle> => caller.click(message, customId);
  return { call, click, wasDeleted: ofPurpose('delete') };
}

describe('a video in the queue of its provider', () => {
  it('is cancelled there by its caller, and costs nothing', async () => {
    const { call, click, wasDeleted } = await queuedVideo('A ship in a long canal');
    const answer = await click();
    expect((await answer.acknowledged).kind).toBe('deferred-update');
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain("Cancelled while it waited in Ark's queue. **Nothing was charged.**");
    expect(tasksOf(testbed, 'A ship in a long canal')).toMatchObject([{ ending: 'cancelled' }]);
    expect(ofPurpose('delete')).toBe(wasDeleted + 1);
  });

  it('is cancelled after a kill before the answer as well', async () => {
    const prompt = 'A ship that sinks at the lock';
    const { call, click, wasDeleted } = await queuedVideo(prompt);
    const dead = killAt('delete');
    await click();
    await dead;
    await testbed.start();
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain('Cancelled while it waited');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(ofPurpose('delete')).toBe(wasDeleted + 1);
  });

  it.each<[string, DeleteAnswer, string]>([
    ['200 although it is not cancelled', { kind: 'raw', status: 200, body: '{}' }, ''],
    [
      '409, because it runs meanwhile',
      { kind: 'raw', status: 409, body: CONFLICT },
      'can no longer',
    ],
    ['500', { kind: 'server-error' }, ''],
    ['a cut connection', { kind: 'cut' }, ''],
  ])('is made after all where its cancel is answered by %s', async (what, given, word) => {
    testbed.providers.knobs.ark.delete.next(given);
    const { call, click } = await queuedVideo(`A ship that sails on: ${what}`);
    const answer = await click();
    const said = word === '' ? '' : (await answer.waitFor(({ ephemeral }) => ephemeral)).text;
    expect(said).toContain(word);
    testbed.providers.knobs.ark.taskMs = 0;
    await call.waitFor(hasClip);
    await endedMessage(testbed, call);
  });

  it('is cancelled where the cancel takes effect and is never answered', async () => {
    testbed.providers.knobs.ark.delete.next({ kind: 'hang', accepts: true });
    const { call, click } = await queuedVideo('A ship without a word');
    const answer = await click();
    const { text } = await answer.waitFor(({ ephemeral, loading }) => ephemeral && !loading);
    expect(text).toContain('was asked to cancel it');
    expect((await endedMessage(testbed, call)).text).toContain('Cancelled while it waited');
  });
});

/** A `/video` whose create is accepted and never answered. */
async function lostVideo(prompt: string, seconds = 5) {
  testbed.providers.knobs.ark.create.next({ kind: 'cut', accepts: true });
  const { channelId } = testbed.discord;
  const options = { prompt, model: MODEL, duration: seconds };
  const call = await testbed.discord.member().slash(channelId, 'video', options);
  return { call, held: await call.waitFor(({ text }) => text.includes(NEVER_CONFIRMED)) };
}

describe('a create whose answer never came', () => {
  it('is held first, then found in the list and delivered, without another create', async () => {
    const prompt = 'A letter that arrived unseen';
    testbed.providers.knobs.ark.list.next({ kind: 'twice' });
    const { call } = await lostVideo(prompt);
    await call.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
  });

  it('is found after kills at the create and while the list is read', async () => {
    const prompt = 'A letter in a burning house';
    const atCreate = killAt('create');
    const { channelId } = testbed.discord;
    const options = { prompt, model: MODEL, duration: 6 };
    const call = await testbed.discord.member().slash(channelId, 'video', options);
    await atCreate;
    const atList = killAt('list');
    await testbed.start();
    await call.waitFor(({ text }) => text.includes(NEVER_CONFIRMED));
    await atList;
    await testbed.start();
    await call.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
  });

  it('stays held where two of them could be either of two', async () => {
    const read = testbed.bot.waitForLine((line) => line.includes('"lost":2'));
    const both = [await lostVideo('A letter to one', 7), await lostVideo('A letter to two', 7)];
    expect(await read).toContain('"found":0');
    for (const { call } of both) expect(call.message()?.text).toContain(NEVER_CONFIRMED);
  });
});
