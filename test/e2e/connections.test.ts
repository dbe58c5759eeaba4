import { afterEach, describe, expect, it } from 'vitest';
import { startProxy } from '../outbound/recording-proxy.ts';
import { openTestbed, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  ANY_MODEL,
  ANYFAST_MODEL,
  callVideo,
  endedMessage,
  hasClip,
  tasksOf,
} from './video-call.ts';

let testbed: BotTestbed;
afterEach(async () => testbed.close());

describe('answers that are compressed although nobody asked for it', () => {
  it.each(['gzip', 'br', 'deflate', 'deflate-raw'] as const)(
    'in %s end in a video, as others do',
    async (kind) => {
      testbed = await startBotTestbed();
      for (const { encoding } of Object.values(testbed.providers.knobs)) encoding.always({ kind });
      for (const model of [ANY_MODEL, ANYFAST_MODEL]) {
        const call = await callVideo(testbed, `a fox in ${kind}`, { model });
        expect(hasClip(await endedMessage(testbed, call))).toBe(true);
      }
    },
  );
});

describe('a server that closes connections at every moment', () => {
  it('is paid at most once for each video, and each has an end', async () => {
    testbed = await startBotTestbed();
    for (const { connection } of Object.values(testbed.providers.knobs)) {
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
        return endedMessage(testbed, await callVideo(testbed, prompt, { model }));
      }),
    );
    const tasks = prompts.map((prompt) => tasksOf(testbed, prompt).length);
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
    testbed = await openTestbed();
    const { url } = testbed.providers.jimmy;
    const proxy = await startProxy({ to: Number(new URL(url).port) });
    testbed.providers.knobs.jimmy.resultUrl.always(({ taskId = '' }) => ({
      kind: 'custom',
      url: `${url}/results/${taskId}.mp4`,
    }));
    await testbed.start({
      JIMMY_API_URL: 'http://provider.test',
      ALL_PROXY: proxy.url.replace('//', '//bot:s3cret-of-proxy@'),
    });
    const call = await callVideo(testbed, 'a fox behind a proxy');
    expect(hasClip(await endedMessage(testbed, call))).toBe(true);
    expect(proxy.asked.length).toBeGreaterThanOrEqual(2);
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set(['provider.test:80']));
    expect(testbed.bot.lines.join('\n')).not.toContain('s3cret-of-proxy');
  });
});
