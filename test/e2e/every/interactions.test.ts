import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import { describeWithFfmpeg } from '../../fakes/ffmpeg.ts';
import { buttonOf, madeVideo, openedForm, privateAnswer } from '../forms.ts';
import { ANY_MODEL } from '../video-call.ts';
import { selectOf } from './row.ts';
import {
  ASKING_CHANNEL,
  DEARER_PRICES,
  FATE,
  askedMember,
  openStage,
  untilFrameIsKept,
} from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ copies: 0 });
  stage.testbed.providers.knobs.anyfast.taskMs = 0;
});
afterAll(async () => stage.testbed.close());

/** So many interactions a member needs until the second video is under way. */
async function interactionsOf(begin: () => Promise<InteractionHandle>): Promise<number> {
  const before = stage.testbed.discord.interactions.length;
  const call = await begin();
  expect((await call.acknowledged).kind).toBe('deferred-message');
  const count = stage.testbed.discord.interactions.length - before;
  await madeVideo(stage.testbed, call);
  return count;
}

const click = async (member: MemberActor, message: MessageView, action: string) =>
  member.click(message, buttonOf(message, action));

/** Again, and the answer to the price that it asks for. */
async function againForPrice(member: MemberActor, message: MessageView) {
  const asked = await privateAnswer(await click(member, message, 'again'));
  return click(member, asked, 'confirm');
}

async function firstChoice(member: MemberActor, message: MessageView, action: string) {
  const list = await privateAnswer(await click(member, message, action));
  return member.selectMenu(list, selectOf(list, 'choose'), ['0']);
}

describeWithFfmpeg('the interactions until the second video is under way', () => {
  it('by Again are one', async () => {
    const { ada, message } = await stage.video('en-US', 'again');
    expect(await interactionsOf(async () => click(ada, message, 'again'))).toBe(1);
  });

  it('by Again above the server’s amount are two', async () => {
    const ada = askedMember(stage, 'en-US');
    const options = { prompt: stage.prompt('above'), model: ANY_MODEL };
    const asked = await privateAnswer(await ada.slash(ASKING_CHANNEL, 'video', options));
    const message = await madeVideo(stage.testbed, await click(ada, asked, 'confirm'));
    expect(await interactionsOf(async () => againForPrice(ada, message))).toBe(2);
  });

  it('by Higher quality are two', async () => {
    const { ada, message } = await stage.video('en-US', 'higher');
    expect(await interactionsOf(async () => firstChoice(ada, message, 'higher'))).toBe(2);
  });

  it('by Another model are two', async () => {
    const { ada, message } = await stage.video('en-US', `other ${FATE.fails}`);
    expect(
      await interactionsOf(async () => {
        stage.testbed.providers.knobs.jimmy.create.reset();
        return firstChoice(ada, message, 'other');
      }),
    ).toBe(2);
  });

  it('by Continue are two, and nothing is typed', async () => {
    const source = await stage.video('en-US', 'continued');
    const { ada, message } = source;
    const opened = await click(ada, message, 'continue');
    await openedForm(opened);
    await untilFrameIsKept(stage, source);
    expect(
      await interactionsOf(async () => {
        const form = await click(ada, message, 'continue');
        await openedForm(form);
        return ada.modalSubmit(form);
      }),
    ).toBe(2);
  });

  it('by a mended refusal are one', async () => {
    const ada = stage.member('en-US');
    const options = { prompt: stage.prompt('mended'), model: ANY_MODEL, resolution: '4k' };
    const { channelId } = stage.testbed.discord;
    const refusal = await privateAnswer(await ada.slash(channelId, 'video', options));
    expect(await interactionsOf(async () => click(ada, refusal, 'make'))).toBe(1);
  });

  it('by Again above the price of its label are two', async () => {
    const { ada, message } = await stage.video('en-US', 'dearer');
    await stage.testbed.kill();
    await writeFile(join(stage.testbed.folder, 'prices.json'), JSON.stringify(DEARER_PRICES));
    await stage.testbed.start();
    expect(await interactionsOf(async () => againForPrice(ada, message))).toBe(2);
  });
});
