import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { nextRequests } from './provider-watch.ts';
import { ANYFAST_MODEL, callVideo, createsOf, endedMessage, hasClip } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterEach(() => {
  testbed.providers.knobs.jimmy.create.reset();
  testbed.providers.knobs.anyfast.create.reset();
});
afterAll(async () => testbed.close());

const BUSY = { kind: 'rate-limited', retryAfterSeconds: 600 } as const;
const waits = ({ buttons }: MessageView): boolean => buttons.length > 0;

const labelsOf = ({ buttons }: MessageView): string[] => buttons.map(({ label }) => label);

function cancelOf(message: MessageView): string {
  const [button, ...others] = message.buttons;
  expect(others).toEqual([]);
  expect(button?.label).toBe('Cancel');
  return button?.customId ?? '';
}

describe('behind a provider that is busy', () => {
  it('a video shows its place, and its caller and moderators alone take it back', async () => {
    testbed.providers.knobs.jimmy.create.always(BUSY);
    const ada = testbed.discord.member();
    const bob = testbed.discord.member();
    const options = { model: 'jimmy/seedance2.0-mini-sp' };
    const send = async (prompt: string) =>
      ada.slash(testbed.discord.channelId, 'video', { prompt, ...options });

    const first = await send('the first in the queue');
    const firstMessage = await first.waitFor(waits);
    expect(firstMessage.text).toContain('place 1 in the queue');
    const second = await send('the second in the queue');
    const secondMessage = await second.waitFor(waits);
    expect(secondMessage.text).toContain('place 2 in the queue');

    const byBob = await bob.click(firstMessage, cancelOf(firstMessage));
    const refused = await byBob.waitFor(({ ephemeral }) => ephemeral);
    expect(refused.text).toContain('Only the member who asked');
    const byAda = await ada.click(firstMessage, cancelOf(firstMessage));
    expect((await byAda.acknowledged).kind).toBe('deferred-update');
    const cancelled = await endedMessage(testbed, first);
    expect(cancelled.text).toContain('Cancelled before it was sent. **Nothing was charged.**');
    expect(labelsOf(cancelled)).not.toContain('Cancel');
    const again = await ada.click(firstMessage, cancelOf(firstMessage), { raw: true });
    expect((await again.waitFor(({ ephemeral }) => ephemeral)).text).toContain('is already over');

    // The one behind moved up, and its message says so.
    await second.waitFor(({ text }) => text.includes('place 1 in the queue'));
    expect(createsOf(testbed, 'the first in the queue')).toHaveLength(1);
    // Until it has asked for itself it might be about to be sent when the click comes.
    await second.waitFor(({ text }) => text.includes('busy or unreachable'));
    const moderator = testbed.discord.member({ permissions: PERMISSION.manageMessages });
    await moderator.click(second.message() ?? secondMessage, cancelOf(secondMessage));
    await endedMessage(testbed, second);
  });

  it('a video that was taken back is not sent by the next start either', async () => {
    testbed.providers.knobs.anyfast.create.always(BUSY);
    const ada = testbed.discord.member();
    const prompt = 'taken back before a kill';
    const model = ANYFAST_MODEL;
    const call = await ada.slash(testbed.discord.channelId, 'video', { prompt, model });
    const message = await call.waitFor(waits);
    const sent = createsOf(testbed, prompt).length;
    const held = testbed.discord.faults.add({
      method: 'PATCH',
      times: Infinity,
      action: { kind: 'hold', at: 'before-effect' },
    });
    const click = await ada.click(message, cancelOf(message));
    // Answered when it is written; the word to the message waits.
    expect((await click.acknowledged).kind).toBe('deferred-update');
    await testbed.kill();
    held.remove();
    held.release();
    testbed.providers.knobs.anyfast.create.reset();
    await testbed.start();
    const ended = await endedMessage(testbed, call);
    expect(ended.text).toContain('Cancelled before it was sent');
    expect(createsOf(testbed, prompt)).toHaveLength(sent);
  });

  it('a video goes through when the provider is no longer busy', async () => {
    testbed.providers.knobs.jimmy.create.next({ kind: 'rate-limited', retryAfterSeconds: 1 });
    const call = await callVideo(testbed, 'sent again after a second');
    const ended = await endedMessage(testbed, call);
    expect(hasClip(ended)).toBe(true);
    expect(labelsOf(ended)).not.toContain('Cancel');
    expect(createsOf(testbed, 'sent again after a second')).toHaveLength(2);
  });
});

it('as many creates as CREATES_AT_ONCE allows are on their way to one provider', async () => {
  const own = await startBotTestbed({ env: { CREATES_AT_ONCE: '2' } });
  onTestFinished(async () => own.close());
  own.providers.knobs.jimmy.create.next({ kind: 'hang', accepts: true }, 2);
  const sent = nextRequests(own, ({ purpose }) => purpose === 'create', 2);
  await callVideo(own, 'the first of two that hang');
  await callVideo(own, 'the second of two that hang');
  await sent;
  const third = await callVideo(own, 'the third behind them');
  await third.waitFor(({ text }) => text.includes('place 1 in the queue'));
  expect(createsOf(own, 'the third behind them')).toEqual([]);
  const other = await callVideo(own, 'one of another provider', { model: ANYFAST_MODEL });
  await other.waitFor(hasClip);
});
