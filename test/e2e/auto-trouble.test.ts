import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANYFAST_MODEL, ANY_MODEL, callVideo, endedMessage, hasClip } from './video-call.ts';

const PRICES = {
  currency: 'USD',
  prices: {
    [`${ANY_MODEL}-720p`]: { amount: '0.50', per: 'task' },
    [ANYFAST_MODEL]: { amount: '0.50', per: 'task' },
  },
};

async function stage(env: Readonly<Record<string, string>> = {}): Promise<BotTestbed> {
  const testbed = await openTestbed({ env });
  onTestFinished(async () => testbed.close());
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  return testbed;
}

const refused = {
  kind: 'raw',
  status: 401,
  body: '{"code":401,"message":"no"}',
  accepts: false,
} as const;

/** Longer than a task waits for it. */
const BUSY = { kind: 'rate-limited', retryAfterSeconds: 60 } as const;

/** One `/video model:auto`, to its end. */
async function made(testbed: BotTestbed, prompt: string): Promise<MessageView> {
  return endedMessage(testbed, await callVideo(testbed, prompt, { model: 'auto' }));
}

it('fifty at once are all made, each once, while a provider goes down', async () => {
  const testbed = await stage({ MAX_ACTIVE_PER_GUILD: '60' });
  const { discord, providers } = testbed;
  const admin = discord.member({ permissions: PERMISSION.manageGuild });
  // As much as the fifty cost, and no more.
  const limit = await admin.slash(discord.channelId, 'quota set server', {
    measure: 'cost',
    window: 'day',
    limit: '$25',
  });
  await limit.waitFor(({ loading }) => !loading);
  const prompts = Array.from({ length: 50 }, (_, index) => `a boat ${index}`);
  const calls = await Promise.all(
    prompts.map(async (prompt, index) => {
      if (index === 25) providers.knobs.jimmy.create.always(BUSY);
      return callVideo(testbed, prompt, { model: 'auto' });
    }),
  );
  const messages = await Promise.all(calls.map(async (call) => endedMessage(testbed, call)));
  expect(messages.every(hasClip)).toBe(true);
  const paid = prompts.map((prompt) =>
    providers.tasks.filter(({ clip }) => clip.prompt === prompt),
  );
  expect(paid.filter((tasks) => tasks.length !== 1)).toEqual([]);
  // The books hold what the providers were asked to make, to the cent.
  const one = await callVideo(testbed, 'one more', { model: 'auto' });
  const answer = await one.waitFor(({ loading }) => !loading);
  expect(answer.ephemeral).toBe(true);
  expect(answer.content).toContain('$25.00');
});

it('is refused while every provider is paused, and taken by the one that is not', async () => {
  const testbed = await stage();
  testbed.expectError(/paused for everybody/u);
  const { knobs } = testbed.providers;
  knobs.jimmy.create.next(refused);
  const first = await made(testbed, 'to the other');
  expect(hasClip(first)).toBe(true);
  expect(first.content).toContain('Mini (AnyFast)');
  // Jimmy AI is paused now, so that only one is left.
  const second = await made(testbed, 'at once there');
  expect(second.content).toContain('Mini (AnyFast)');
  expect(second.content).toContain('Chosen by `auto`: the only model available now');
  knobs.anyfast.create.next(refused);
  await made(testbed, 'refused there as well');
  const call = await callVideo(testbed, 'to nobody', { model: 'auto' });
  const answer = await call.waitFor(({ loading }) => !loading);
  expect(answer.ephemeral).toBe(true);
  expect(answer.content).toContain("isn't available right now");
  expect(testbed.providers.tasks.filter(({ clip }) => clip.prompt === 'to nobody')).toEqual([]);
});
