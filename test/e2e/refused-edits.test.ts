import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../src/simulators/discord/rest/request.ts';
import type { FaultAction } from '../../src/simulators/discord/rest/faults.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, hasClip, messagesAbout, tasksOf } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed();
  await testbed.start();
});
afterEach(() => {
  testbed.providers.knobs.jimmy.taskMs = 0;
  testbed.discord.faults.clear();
});
afterAll(async () => testbed.close());

const TOKEN_ROUTE = '/webhooks/:app/:token/messages/:message';
const CHANNEL_ROUTE = '/channels/:channel/messages/:message';

const refusals: [string, string, FaultAction][] = [
  [
    'a code that nobody knows',
    '140000000000000091',
    { kind: 'answer', status: 403, body: { code: 40_999, message: '?' } },
  ],
  [
    '30046',
    '140000000000000092',
    {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '1' },
      body: { code: 30_046, message: 'Maximum number of edits to messages older than 1 hour' },
    },
  ],
];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20);
}

describe('a message whose channel edits Discord refuses', () => {
  it.each(refusals)(
    'with %s is edited ever less often, then never, and a new one carries the video',
    async (what, caller, action) => {
      const { discord, providers } = testbed;
      providers.knobs.jimmy.taskMs = Infinity;
      discord.faults.add({
        method: 'PATCH',
        route: TOKEN_ROUTE,
        times: Infinity,
        action: { kind: 'answer', status: 401, body: { code: 50_027, message: 'Invalid' } },
      });
      const prompt = `A poster on a wet wall, ${what}`;
      const originalId = (): string => discord.interactions.at(-1)?.message()?.id ?? 'none';
      const refusal = discord.faults.add({
        method: 'PATCH',
        route: CHANNEL_ROUTE,
        when: ({ path }: ApiRequest) => path.endsWith(originalId()),
        times: Infinity,
        action,
      });
      await callVideo(testbed, prompt, {}, { member: { id: caller } });
      await until(() => refusal.hits() === 4);
      // By its interval alone the message would be edited fifty times a second.
      await wait(1000);
      expect(refusal.hits()).toBe(4);
      const delivered = discord.next('message-edited', hasClip);
      providers.knobs.jimmy.taskMs = 0;
      const { id } = await delivered;
      expect(refusal.hits()).toBe(5);
      expect(messagesAbout(testbed, caller).map((message) => message.id)).toEqual([id]);
      expect(tasksOf(testbed, prompt)).toHaveLength(1);
    },
    30_000,
  );
});
