import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { describeWithFfmpeg } from '../fakes/ffmpeg.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { buttonOf, madeVideo, openedForm } from './forms.ts';
import { ANYFAST_MODEL, callVideo, createsOf } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: { MEDIA_MAX_BYTES: '0' } });
  await testbed.start();
});
afterAll(async () => testbed.close());

/** Where a busy machine takes long for the picture, the form is sent once more, as its answer says. */
async function sentInTime(
  bob: MemberActor,
  opened: InteractionHandle,
  entered: Parameters<MemberActor['modalSubmit']>[1],
): Promise<InteractionHandle> {
  const sent = await bob.modalSubmit(opened, entered);
  const { content } = await sent.waitFor(() => true);
  const isLate = content.includes(messagesFor('en').continuing.frameLate);
  return isLate ? sentInTime(bob, opened, entered) : sent;
}

/** The message of a video, with Continue: not before it is known that there is an ffmpeg. */
async function withContinue(prompt: string): Promise<MessageView> {
  const message = await madeVideo(testbed, await callVideo(testbed, prompt, { duration: 6 }));
  const has = message.buttons.some(({ customId }) => customId?.startsWith('continue'));
  return has ? message : withContinue(prompt);
}

async function openContinue(prompt: string) {
  const message = await withContinue(prompt);
  const bob = testbed.discord.member();
  const click = async () => bob.click(message, buttonOf(message, 'continue'));
  return { bob, click };
}

const PICTURE = 'data:image/png;base64,iVBORw0KGgo';
const bodiesOf = (prompt: string): string[] =>
  createsOf(testbed, prompt).map(({ body }) => JSON.stringify(body));

function nothingIsKept(): void {
  expect(existsSync(join(testbed.folder, 'media'))).toBe(false);
  expect(readdirSync(join(testbed.folder, 'work'))).toEqual([]);
}

describeWithFfmpeg('Continue where no media are kept', () => {
  it('makes a video from the last picture of the clip on the message', async () => {
    const { bob, click } = await openContinue('a boat of which nothing is kept');
    const opened = await click();
    await openedForm(opened);
    const prompt = 'a boat that goes on all the same';
    await madeVideo(testbed, await sentInTime(bob, opened, { prompt, model: [ANYFAST_MODEL] }));
    expect(bodiesOf(prompt)).toEqual([expect.stringContaining(PICTURE)]);
    nothingIsKept();
  });

  it('takes the picture again for a create that a restart delayed', async () => {
    const { bob, click } = await openContinue('a boat before a restart');
    const opened = await click();
    await openedForm(opened);
    const prompt = 'a boat after a restart';
    const { create } = testbed.providers.knobs.anyfast;
    create.always({ kind: 'rate-limited', retryAfterSeconds: 1 });
    const sent = await sentInTime(bob, opened, { prompt, model: [ANYFAST_MODEL] });
    await expect.poll(() => bodiesOf(prompt).length, { timeout: 30_000 }).toBeGreaterThan(0);
    await testbed.kill();
    create.reset();
    await testbed.start();
    await madeVideo(testbed, sent);
    const bodies = bodiesOf(prompt);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain(PICTURE);
    nothingIsKept();
  });
});
