import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { ApiRequest } from '../../src/simulators/discord/rest/request.ts';
import type { RecordedRequest } from '../../src/simulators/providers/recorded-request.ts';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { isEndOf, openTestbed, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { queriesFrom } from './provider-watch.ts';
import { callVideo, createsOf, hasClip, messagesAbout, tasksOf } from './video-call.ts';

/** A second process may wait for half a minute: it does so while the other tests run. */
let shared: BotTestbed;
let second: BotProcess;
beforeAll(async () => {
  shared = await startBotTestbed({ env: { SHUTDOWN_SECONDS: '0' } });
  second = startBotProcess({ env: shared.env, cwd: shared.folder });
});

/** One store and one Discord for all: what one crash leaves behind must not disturb the next. */
let testbed: BotTestbed;
let clipsBefore = 0;
beforeEach(async () => {
  testbed ??= await openTestbed();
  clipsBefore = testbed.discord.messages().filter(hasClip).length;
  await testbed.ensureStarted();
});
afterEach(async () => {
  testbed.providers.hooks.beforeAnswer = undefined;
  testbed.providers.knobs.jimmy.taskMs = 0;
  testbed.discord.faults.clear();
  await testbed.untilIdle();
});
afterAll(async () => {
  second.kill('SIGKILL');
  // Together: what one of them complains of must not keep the other one open.
  await Promise.all([shared.close(), testbed.close()]);
});

type Purpose = RecordedRequest['purpose'];

/** Kills the bot while it waits for the answer to its next such request; resolves when it is dead. */
async function killAtProvider(wanted: Purpose): Promise<void> {
  return new Promise((resolve) => {
    testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
      if (purpose !== wanted) return;
      testbed.providers.hooks.beforeAnswer = undefined;
      await testbed.kill();
      resolve();
    };
  });
}

type Moment = 'beforeEffect' | 'beforeAnswer';
type Wanted = (request: ApiRequest) => boolean;

/** Kills the bot at its next such request to Discord, before or after Discord has done what it asks. */
async function killAtDiscord(moment: Moment, wanted: Wanted): Promise<void> {
  return new Promise((resolve) => {
    const remove = testbed.discord[moment](async (request: ApiRequest) => {
      if (!wanted(request)) return;
      remove();
      await testbed.kill();
      resolve();
    });
  });
}

/** Starts a bot that may be killed before it is ready. */
async function startDoomed(): Promise<void> {
  await testbed.start().catch(() => undefined);
}

const isCallback: Wanted = ({ path }) => path.endsWith('/callback');
const isEdit: Wanted = ({ method }) => method === 'PATCH';
const isRefusal: Wanted = ({ json }) => JSON.stringify(json ?? null).includes('refused');
const isUpload: Wanted = ({ method, files }) => method === 'PATCH' && files.length > 0;

/** How often each thing happened that must happen once, when the clip is there. */
async function countsAtTheClip(
  call: InteractionHandle,
  prompt: string,
): Promise<Record<string, number>> {
  await call.waitFor(hasClip);
  return {
    creates: createsOf(testbed, prompt).length,
    tasks: tasksOf(testbed, prompt).length,
    messages: messagesAbout(testbed, callerOf(call)).length,
    clips: testbed.discord.messages().filter(hasClip).length - clipsBefore,
  };
}
const ONCE = { creates: 1, tasks: 1, messages: 1, clips: 1 };

function isTold(call: InteractionHandle): boolean {
  return /^Done$|never confirmed the request/m.test(call.message()?.text ?? '');
}

function callerOf(call: InteractionHandle): string {
  const mention = /<@(\d+)>/.exec(call.message()?.text ?? '');
  return mention?.[1] ?? 'nobody';
}

function isResultOf(prompt: string): (request: RecordedRequest) => boolean {
  const [task] = tasksOf(testbed, prompt);
  return ({ purpose, taskId }) => purpose === 'result' && taskId === task?.id;
}

describe('a bot killed and started again', () => {
  it('before its reply stands owes nothing and sends nothing', async () => {
    const prompt = 'A swing that nobody sits on yet';
    const dead = killAtDiscord('beforeEffect', isCallback);
    const call = await callVideo(testbed, prompt);
    await dead;
    const bot = await testbed.start();
    await bot.waitForLine((line) => isEndOf(line, call.id));
    expect(call.message()).not.toSatisfy(hasClip);
    expect(createsOf(testbed, prompt)).toEqual([]);
  });

  it('after its reply, before it knows, says that nothing was begun', async () => {
    const prompt = 'A swing that has just been pushed';
    const dead = killAtDiscord('beforeAnswer', isCallback);
    const call = await callVideo(testbed, prompt);
    await dead;
    await testbed.start();
    const told = await call.waitFor(({ text }) => text.includes('interrupted before this began'));
    expect(told.text).toContain('**Nothing was sent or charged.**');
    expect(createsOf(testbed, prompt)).toEqual([]);
  });

  it.each(['beforeEffect', 'beforeAnswer'] as const)(
    'at its first edit (%s) makes one task at most and tells how it ended',
    async (moment) => {
      const prompt = `A swing at its highest point, ${moment}`;
      const dead = killAtDiscord(moment, isEdit);
      const call = await callVideo(testbed, prompt);
      await dead;
      await testbed.start();
      const end = await call.waitFor(
        (message) => hasClip(message) || message.text.includes('never confirmed the request'),
      );
      expect(createsOf(testbed, prompt).length).toBeLessThanOrEqual(1);
      expect(messagesAbout(testbed, callerOf(call)).map(({ id }) => id)).toEqual([end.id]);
    },
  );

  it('during the create tells that its outcome is unknown, and never sends it again', async () => {
    const prompt = 'A trapeze artist between two hands';
    const dead = killAtProvider('create');
    const call = await callVideo(testbed, prompt);
    await dead;
    await testbed.start();
    const told = await call.waitFor(({ text }) => text.includes('never confirmed the request'));
    expect(told.text).toContain('**not sent again**');
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(messagesAbout(testbed, callerOf(call))).toHaveLength(1);
  });

  it('after the create, before the first look, delivers one clip', async () => {
    const prompt = 'A trapeze artist who was caught';
    const dead = killAtProvider('query');
    const call = await callVideo(testbed, prompt);
    await dead;
    await testbed.start();
    expect(await countsAtTheClip(call, prompt)).toEqual(ONCE);
  });

  it('while the task runs delivers one clip', async () => {
    const prompt = 'A marathon runner at kilometre thirty';
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('Generating'));
    await queriesFrom(testbed, 3);
    await testbed.kill();
    await testbed.start();
    await queriesFrom(testbed, 3);
    testbed.providers.knobs.jimmy.taskMs = 0;
    expect(await countsAtTheClip(call, prompt)).toEqual(ONCE);
  });

  it('while it fetches the result delivers one clip', async () => {
    const prompt = 'A courier who picks up the parcel';
    const dead = killAtProvider('result');
    const call = await callVideo(testbed, prompt);
    await dead;
    await testbed.start();
    expect(await countsAtTheClip(call, prompt)).toEqual(ONCE);
  });

  it.each(['beforeEffect', 'beforeAnswer'] as const)(
    'while it uploads (%s) delivers one clip',
    async (moment) => {
      const prompt = `A courier who rings the bell, ${moment}`;
      const dead = killAtDiscord(moment, isUpload);
      const call = await callVideo(testbed, prompt);
      await dead;
      await testbed.start();
      expect(await countsAtTheClip(call, prompt)).toEqual(ONCE);
      // A small clip was in memory, so it is fetched again.
      expect(testbed.providers.requests.filter(isResultOf(prompt))).toHaveLength(2);
    },
  );

  it('three times over delivers one clip', async () => {
    const prompt = 'A cat with six lives left';
    const first = killAtProvider('query');
    const call = await callVideo(testbed, prompt);
    await first;
    const twice = killAtProvider('result');
    await startDoomed();
    await twice;
    const thrice = killAtDiscord('beforeAnswer', isUpload);
    await startDoomed();
    await thrice;
    await testbed.start();
    expect(await countsAtTheClip(call, prompt)).toEqual(ONCE);
  });

  it('while it tells a refusal tells it again, on the same message', async () => {
    const prompt = 'A bell that is rung twice';
    testbed.providers.knobs.jimmy.create.next({ kind: 'refused', reason: '提示词包含敏感信息' });
    const dead = killAtDiscord('beforeAnswer', isRefusal);
    const call = await callVideo(testbed, prompt);
    await dead;
    const bot = await testbed.start();
    await bot.waitForLine((line) => isEndOf(line, call.id));
    expect(call.message()?.text).toContain('The **prompt** was refused as unsafe');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(messagesAbout(testbed, callerOf(call))).toHaveLength(1);
  });

  it('with many tasks under way loses and doubles none', async () => {
    // None may end before the kill: its line in the log could be lost, for which the end waits.
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const prompts = Array.from({ length: 24 }, (_none, at) => `Sheep number ${at} jumps the fence`);
    let accepted = 0;
    const dead = new Promise<void>((resolve) => {
      testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
        if (purpose === 'create') accepted += 1;
        if (accepted < 14) return;
        testbed.providers.hooks.beforeAnswer = undefined;
        await testbed.kill();
        testbed.providers.knobs.jimmy.taskMs = 0;
        resolve();
      };
    });
    const calls = await Promise.all(prompts.map(async (prompt) => callVideo(testbed, prompt)));
    await dead;
    const acknowledged = calls.filter((call) => call.acknowledgement() !== null);
    await testbed.start();
    const ends = await Promise.all(
      acknowledged.map(async (call) =>
        call.waitFor(
          (message) =>
            hasClip(message) || /never confirmed the request|before this began/.test(message.text),
        ),
      ),
    );
    expect(ends.filter(hasClip).length).toBeGreaterThan(0);
    for (const prompt of prompts) expect(createsOf(testbed, prompt).length).toBeLessThanOrEqual(1);
    const paid = calls.filter((_call, at) => tasksOf(testbed, prompts[at] ?? '').length > 0);
    expect(paid.length).toBeGreaterThan(0);
    expect(paid.filter((call) => !isTold(call))).toEqual([]);
  });
});

describe('a bot that comes back late', () => {
  it('brings the clip to the same message with its own token', async () => {
    const prompt = 'A sleeper who wakes after a quarter of an hour';
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('Generating'));
    await testbed.kill();
    testbed.discord.advance(16 * 60_000);
    testbed.providers.knobs.jimmy.taskMs = 0;
    await testbed.start();
    expect(await countsAtTheClip(call, prompt)).toEqual(ONCE);
    expect(call.message()?.via).toBe('channel');
  });

  it('killed while it posts a new message posts one', async () => {
    const prompt = 'A sleeper whose bed was moved';
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const call = await callVideo(testbed, prompt);
    const original = await call.waitFor(({ text }) => text.includes('Generating'));
    const caller = callerOf(call);
    testbed.discord.deleteMessage(original);
    const dead = killAtDiscord(
      'beforeAnswer',
      ({ method, path }) => method === 'POST' && path.endsWith('/messages'),
    );
    testbed.providers.knobs.jimmy.taskMs = 0;
    await dead;
    const isDelivered = testbed.discord.next('message-edited', hasClip);
    await testbed.start();
    const delivered = await isDelivered;
    expect(messagesAbout(testbed, caller).map(({ id }) => id)).toEqual([delivered.id]);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
  });
});

it('a second process on a store in use exits with 1 and disturbs nobody', async () => {
  expect(await second.exited).toBe(1);
  expect(second.errors.join('\n')).toMatch(/^Clapper could not start: .*another process/im);
  const call = await callVideo(shared, 'A twin who arrives too late');
  await call.waitFor(hasClip);
  expect(tasksOf(shared, 'A twin who arrives too late')).toHaveLength(1);
});
