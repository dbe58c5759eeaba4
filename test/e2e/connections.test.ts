import { afterEach, describe, expect, it } from 'vitest';
import { startProxy } from '../outbound/recording-proxy.ts';
import { openStage, startStage } from './bot-stage.ts';
import type { BotStage } from './bot-stage.ts';
import {
  ANY_MODEL,
  ANYFAST_MODEL,
  callVideo,
  endedMessage,
  hasClip,
  tasksOf,
} from './video-call.ts';

let stage: BotStage;
afterEach(async () => stage.close());

describe('answers that are compressed although nobody asked for it', () => {
  it.each(['gzip', 'br', 'deflate', 'deflate-raw'] as const)(
    'in %s end in a video, as others do',
    async (kind) => {
      stage = await startStage();
      for (const { encoding } of Object.values(stage.providers.knobs)) encoding.always({ kind });
      for (const model of [ANY_MODEL, ANYFAST_MODEL]) {
        const call = await callVideo(stage, `a fox in ${kind}`, { model });
        expect(hasClip(await endedMessage(stage, call))).toBe(true);
      }
    },
  );
});

describe('a server that closes connections at every moment', () => {
  it('is paid at most once for each video, and each has an end', async () => {
    stage = await startStage();
    for (const { connection } of Object.values(stage.providers.knobs)) {
      connection.always(({ count }) => {
        const moment = count % 9;
        if (moment < 4) return { kind: moment % 2 === 0 ? 'close' : 'reset', afterMs: moment * 2 };
        return moment === 4 ? { kind: 'cut-at-first-byte' } : { kind: 'normal' };
      });
    }
    const prompts = Array.from({ length: 30 }, (_, index) => `a fox, number ${index}`);
    const ends = await Promise.all(
      prompts.map(async (prompt, index) => {
        const model = index % 2 === 0 ? ANY_MODEL : ANYFAST_MODEL;
        return endedMessage(stage, await callVideo(stage, prompt, { model }));
      }),
    );
    const tasks = prompts.map((prompt) => tasksOf(stage, prompt).length);
    expect(Math.max(...tasks)).toBe(1);
    // What has a clip was made; what was made and has none is said to be uncertain.
    const wrong = ends.filter((end, index) =>
      hasClip(end) ? tasks[index] !== 1 : !/charged|unconfirmed/i.test(end.text),
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
    expect(ends.some(hasClip)).toBe(true);
  });
});

describe('a provider behind a proxy', () => {
  it('gets creates and polls through it, and what is on loopback goes past it', async () => {
    stage = await openStage();
    const { url } = stage.providers.jimmy;
    const proxy = await startProxy({ to: Number(new URL(url).port) });
    stage.providers.knobs.jimmy.resultUrl.always(({ taskId = '' }) => ({
      kind: 'custom',
      url: `${url}/results/${taskId}.mp4`,
    }));
    await stage.start({
      JIMMY_API_URL: 'http://provider.test',
      ALL_PROXY: proxy.url.replace('//', '//bot:s3cret-of-proxy@'),
    });
    const call = await callVideo(stage, 'a fox behind a proxy');
    expect(hasClip(await endedMessage(stage, call))).toBe(true);
    expect(proxy.asked.length).toBeGreaterThanOrEqual(2);
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set(['provider.test:80']));
    expect(stage.bot.lines.join('\n')).not.toContain('s3cret-of-proxy');
  });
});
