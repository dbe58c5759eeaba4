import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskIdChoice } from '../../src/simulators/providers/answers.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANYFAST_MODEL, ANY_MODEL, callVideo, hasClip, tasksOf } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterAll(async () => testbed.close());

const MODELS = {
  jimmy: ANY_MODEL,
  anyfast: ANYFAST_MODEL,
} as const;
type Provider = keyof typeof MODELS;
const text = (id: string): TaskIdChoice => ({ kind: 'custom', id });
const number = (id: string): TaskIdChoice => ({ kind: 'custom', id, asNumber: true });

describe('a task number as the provider gives it', () => {
  it.each<[Provider, string, TaskIdChoice]>([
    ['anyfast', 'a small number', number('4711')],
    ['anyfast', 'a number of nineteen digits', number('1234567890123456789')],
    ['jimmy', 'a number that a double would round', number('9007199254740993123')],
    ['anyfast', 'base64 with all its signs', text('bW9kZWxz/dmVv+LTM=')],
    ['jimmy', 'base64 that is padded', text('video_cHJvdmlkZXI6bW9kZWw==')],
    ['anyfast', 'what an address would cut', text('a?b#c%2Fd/../e')],
    ['jimmy', 'words', text('任务 一')],
    ['anyfast', 'five hundred and twelve characters', text('a1B2'.repeat(128))],
  ])('of %s, %s, is asked about and its video delivered', async (provider, what, choice) => {
    testbed.providers.knobs[provider].taskId.next(choice);
    const prompt = `A numbered door: ${what}`;
    const call = await callVideo(testbed, prompt, { model: MODELS[provider] });
    await call.waitFor(hasClip);
    const id = choice.kind === 'custom' ? choice.id : '';
    expect(tasksOf(testbed, prompt).map((task) => task.id)).toEqual([id]);
    const queries = testbed.providers.requests.filter(
      (one) => one.purpose === 'query' && one.taskId === id,
    );
    expect(queries.length).toBeGreaterThan(0);
    for (const { path } of queries) expect(path.endsWith(`/${encodeURIComponent(id)}`)).toBe(true);
  });
});
