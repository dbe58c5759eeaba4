import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { queriesFrom } from './provider-watch.ts';
import {
  ANY_MODEL,
  ANYFAST_MODEL,
  callVideo,
  endedMessage,
  fileFor,
  hasClip,
  tasksOf,
} from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterAll(async () => testbed.close());

/** A running task at this percentage, as Jimmy AI says it. */
function sayPercent(progress: number): void {
  const data = { task_id: 'any', status: 'processing', progress };
  const body = JSON.stringify({ code: '20000', msg: 'ok', data });
  testbed.providers.knobs.jimmy.query.always({ kind: 'raw', status: 200, body });
}

describe('the message of a task', () => {
  it.each([
    ['Jimmy AI', ANY_MODEL, 'Mini Special'],
    ['AnyFast', ANYFAST_MODEL, 'Mini (AnyFast)'],
  ])('of %s is one public reply that ends with the clip', async (_provider, model, title) => {
    const prompt = `A lighthouse blinks through the fog of ${model}`;
    const call = await callVideo(testbed, prompt, { model, duration: 7, ratio: '9:16' });
    const { kind, ephemeral, afterMs } = await call.acknowledged;
    const done = await call.waitFor(hasClip);
    await endedMessage(testbed, call);

    expect({ kind, ephemeral }).toEqual({ kind: 'deferred-message', ephemeral: false });
    expect(afterMs).toBeLessThan(3000);
    const [loading, accepted] = call.versions();
    expect(loading?.loading).toBe(true);
    for (const shown of [title, '7 s · 720p · 9:16', prompt, `<@`]) {
      expect(accepted?.text).toContain(shown);
      expect(done.text).toContain(shown);
    }
    expect(new Set(call.versions().map(({ id }) => id))).toEqual(new Set([done.id]));
    expect(call.followUps()).toEqual([]);
    const [task, ...others] = tasksOf(testbed, prompt);
    expect(others).toEqual([]);
    const bytes = testbed.discord.attachmentBytes(done.attachments[0]?.id ?? '');
    expect(bytes?.byteLength).toBeGreaterThan(0);
    expect(Buffer.compare(bytes ?? Buffer.alloc(0), task?.file ?? Buffer.alloc(1))).toBe(0);
  });

  it('names its caller', async () => {
    const caller = testbed.discord.member({ username: 'Ada' });
    const options = { prompt: 'A clock without hands', model: ANY_MODEL };
    const call = await caller.slash(testbed.discord.channelId, 'video', options);
    const done = await call.waitFor(hasClip);
    expect(done.text).toContain(`<@${caller.id}>`);
  });

  it('is edited when something changed, and only then', async () => {
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    sayPercent(10);
    const call = await callVideo(testbed, 'A paper crane unfolds itself slowly');
    await call.waitFor(({ text }) => text.includes('10 %'));
    const editsAtTen = call.versions().length;
    await queriesFrom(testbed, 10);
    expect(call.versions().length).toBe(editsAtTen);
    sayPercent(55);
    await call.waitFor(({ text }) => text.includes('55 %'));
    testbed.providers.knobs.jimmy.query.reset();
    testbed.providers.knobs.jimmy.taskMs = 0;
    await call.waitFor(hasClip);

    const texts = call.versions().map(({ text }) => text);
    expect(texts.filter((text, at) => text === texts[at - 1])).toEqual([]);
  });

  it('says how long such videos usually take once eight have finished, also after a restart', async () => {
    const kind = { duration: 13 };
    for (let finished = 0; finished < 8; finished += 1) {
      const call = await callVideo(testbed, `Take ${finished} of a falling leaf`, kind);
      await call.waitFor(hasClip);
      await endedMessage(testbed, call);
      expect(call.versions().filter(({ text }) => text.includes('usually'))).toEqual([]);
    }
    await testbed.kill();
    await testbed.start();
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const call = await callVideo(testbed, 'The ninth take of a falling leaf', kind);
    await call.waitFor(({ text }) => text.includes('· usually a few seconds'));
    testbed.providers.knobs.jimmy.taskMs = 0;
    expect((await call.waitFor(hasClip)).text).not.toContain('usually');
  });

  it('shows no percentage that the provider did not give', async () => {
    const call = await callVideo(testbed, 'A snail overtakes a slower snail');
    await call.waitFor(hasClip);
    expect(call.versions().filter(({ text }) => text.includes('%'))).toEqual([]);
  });

  it('speaks Chinese to those who do', async () => {
    const member = { locale: 'zh-CN' };
    const call = await callVideo(testbed, '一只纸船驶过下雨的街道', {}, { member });
    const done = await call.waitFor(hasClip);
    expect(call.versions()[1]?.text).toMatch(/等待提交|正在提交|生成中/);
    expect(done.text).toContain('完成');
    expect(done.text).toContain('Mini Special');

    const media = { first_frame: fileFor('first_frame'), image1: fileFor('image1') };
    const refused = await callVideo(testbed, '一只纸船驶过下雨的街道', media, { member });
    await refused.acknowledged;
    expect(refused.message()).toMatchObject({ ephemeral: true });
    expect(refused.message()?.text).toMatch(/[\u4e00-\u9fff]/);
    expect(refused.message()?.text).toContain('`first_frame`');
    expect(refused.message()?.text).toContain('`image1`');
  });
});

describe('a failed task', () => {
  it.each([
    ['PROVIDER_MODERATION_ERROR', 'refused as unsafe'],
    ['PROVIDER_MODERATION_ERROR: TRADEMARK', 'copyright or trademark'],
    ['Read timed out', "couldn't read an attachment"],
    ['s3 upload failed', "couldn't read an attachment"],
    ['video_reference 1 DURATION_TOO_LONG', 'combination of settings'],
  ])('of Jimmy AI with %j says what to change', async (reason, advice) => {
    testbed.providers.knobs.jimmy.query.next({ kind: 'fail', reason });
    const call = await callVideo(testbed, `A kite that fails with ${reason}`);
    const { text, attachments } = await endedMessage(testbed, call);
    expect(text).toContain("couldn't make the video. **It was probably not charged.**");
    expect(text).toContain(advice);
    expect(attachments).toEqual([]);
  });

  it.each([
    [
      'OutputVideoSensitiveContentDetected: the output is sensitive',
      'The **finished video** was blocked',
    ],
    ['The output video may contain sensitive information', 'The **finished video** was blocked'],
  ])('of AnyFast with %j says what to change', async (reason, advice) => {
    testbed.providers.knobs.anyfast.query.next({ kind: 'fail', reason });
    const prompt = `A kite over AnyFast that fails with ${reason}`;
    const call = await callVideo(testbed, prompt, { model: ANYFAST_MODEL });
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain('**Nothing was charged.**');
    expect(text).toContain(advice);
  });

  it('of an attachment that is gone says so', async () => {
    const { discord } = testbed;
    const forget = discord.beforeEffect(({ path }) => {
      if (!path.endsWith('/callback')) return;
      for (const { payload } of discord.interactions) {
        const ids = JSON.stringify(payload).match(/"first_frame","type":11,"value":"(\d+)"/);
        if (ids?.[1] !== undefined) discord.removeAttachment(ids[1]);
      }
    });
    const media = { first_frame: fileFor('first_frame') };
    const call = await callVideo(testbed, 'A picture that nobody can see any more', media);
    const { text } = await endedMessage(testbed, call);
    forget();
    expect(text).toContain("couldn't read an attachment");
    expect(text).toContain('**It was probably not charged.**');
  });
});

it('waits between two progress edits, and never for the last one', async () => {
  const slow = await startBotTestbed({ env: { PROGRESS_EDIT_MS: '600000' } });
  onTestFinished(async () => slow.close());
  slow.providers.knobs.jimmy.taskMs = Infinity;
  const percents = [3, 14, 15, 92, 65, 35];
  for (const progress of percents) {
    const data = { task_id: 'any', status: 'processing', progress };
    const body = JSON.stringify({ code: '20000', msg: 'ok', data });
    slow.providers.knobs.jimmy.query.next({ kind: 'raw', status: 200, body });
  }
  const call = await callVideo(slow, 'A river that changes its mind often');
  await call.waitFor(({ text }) => text.includes('Generating'));
  await queriesFrom(slow, percents.length + 3);
  const before = call.versions().map(({ text }) => text.split('\n').at(-1));
  slow.providers.knobs.jimmy.taskMs = 0;
  await call.waitFor(hasClip);

  expect(before).toEqual(['', expect.stringMatching(/^Generating/)]);
  expect(call.versions().length).toBe(3);
});
