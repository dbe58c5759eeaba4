import { expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import {
  OPENROUTER_MODELS,
  listedModel,
} from '../../src/simulators/providers/openrouter/models.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { isEndOf } from './bot-testbed.ts';
import { SERVERS, allDelivered, openSeveral, untilShared } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { untilLookedAt } from './provider-watch.ts';
import { spentOn } from './spent-on.ts';
import { createsOf } from './video-call.ts';

type Server = (typeof SERVERS)[number];

const VEO = 'google/veo-3.1';
const RUNNING = 'A heron over the lake';
const WAITING = 'A heron in the reeds';

/** Long enough that the process that waits is dead by then. */
const BUSY = { kind: 'rate-limited', retryAfterSeconds: 4 } as const;

const LIST_WITHOUT = {
  kind: 'raw',
  status: 200,
  body: JSON.stringify({
    data: OPENROUTER_MODELS.filter(({ id }) => id !== VEO).map(listedModel),
  }),
} as const;

async function callIn(
  { testbed: { discord } }: SharingBots,
  { id: guildId, channelId }: Server,
  prompt: string,
): Promise<InteractionHandle> {
  const options = { prompt, model: `openrouter/${VEO}`, duration: 4 };
  return discord.member({ guildId }).slash(channelId, 'video', options);
}

/** Two processes, the first of which lacks a model of the other. */
async function openUnlike(
  sharing: SharingBots,
  lacking: Readonly<Record<string, string>>,
): Promise<void> {
  const { bots, testbed, url } = sharing;
  const { openrouter } = testbed.providers;
  const env = { OPENROUTER_API_KEY: openrouter.key, OPENROUTER_API_URL: openrouter.url };
  await bots.start('lacks', { ...env, ...lacking });
  await bots.start('knows', env);
  await untilShared(url, 2);
}

/** Begins a video in the first server whose process knows the model. */
async function beginWhereKnown(
  sharing: SharingBots,
): Promise<{ readonly call: InteractionHandle; readonly at: Server }> {
  for (const at of SERVERS) {
    const call = await callIn(sharing, at, RUNNING);
    const { text } = await call.waitFor(({ loading }) => !loading);
    if (!text.includes('There is no `model`')) return { call, at };
  }
  throw new Error('no server has the process that knows the model');
}

/** One video that is made and one that waits, and the death of the process that has both. */
async function killWithTwo(sharing: SharingBots): Promise<readonly InteractionHandle[]> {
  const { bots, testbed, url } = sharing;
  testbed.providers.knobs.openrouter.taskMs = Infinity;
  const { call: running, at } = await beginWhereKnown(sharing);
  await untilLookedAt(testbed, 1);
  testbed.providers.knobs.openrouter.create.next(BUSY);
  const waiting = await callIn(sharing, at, WAITING);
  const knows = bots.running.get('knows');
  await knows?.waitForLine((line) => line.includes('"answer":"busy"'));
  // The answer is on record when it is shown.
  await waiting.waitFor(({ text }) => /busy|waiting/i.test(text));
  knows?.kill('SIGKILL');
  await knows?.exited;
  await untilShared(url, 1);
  testbed.providers.knobs.openrouter.taskMs = 0;
  return [running, waiting];
}

describeOnPostgres('two processes, one of which lacks a model', (server) => {
  it('go on with its videos where the list has changed between their starts', async () => {
    const sharing = await openSeveral(server, []);
    sharing.testbed.providers.knobs.openrouter.models.next(LIST_WITHOUT);
    await openUnlike(sharing, {});
    const calls = await killWithTwo(sharing);
    await allDelivered(sharing, calls);
    for (const call of calls) expect(call.message()?.text).toContain('charged $0.44');
    expect(await spentOn(sharing.url, 'guild')).toEqual({ cost: 880_000, videos: 2, held: 0 });
    expect(createsOf(sharing.testbed, RUNNING)).toHaveLength(1);
    expect(createsOf(sharing.testbed, WAITING)).toHaveLength(2);
  });

  it('finish what is made by it, and hold nothing, where one is set not to offer it', async () => {
    const sharing = await openSeveral(server, []);
    await openUnlike(sharing, { OPENROUTER_MODELS: 'alibaba/wan-2.6' });
    const [running, waiting] = await killWithTwo(sharing);
    if (running === undefined || waiting === undefined) throw new Error('no calls');
    await allDelivered(sharing, [running]);
    expect(running.message()?.text).toContain('charged $0.44');
    await sharing.bots.lineOfAny((line) => isEndOf(line, waiting.id));
    expect(waiting.message()?.text).toMatch(/turned off.*Nothing was charged/s);
    expect(await spentOn(sharing.url, 'guild')).toEqual({ cost: 440_000, videos: 1, held: 0 });
    expect(createsOf(sharing.testbed, WAITING)).toHaveLength(1);
  });

  it('that is alone by then, and so knows that the model is gone, holds what it was making', async () => {
    const sharing = await openSeveral(server, []);
    const { bots, testbed, url } = sharing;
    const { openrouter } = testbed.providers;
    testbed.providers.knobs.openrouter.taskMs = Infinity;
    const env = { OPENROUTER_API_KEY: openrouter.key, OPENROUTER_API_URL: openrouter.url };
    const before = await bots.start('knows', env);
    await untilShared(url, 1);
    const { call } = await beginWhereKnown(sharing);
    await untilLookedAt(testbed, 1);
    before.kill('SIGKILL');
    await before.exited;
    await bots.start('lacks', { ...env, OPENROUTER_MODELS: 'alibaba/wan-2.6' });
    await call.waitFor(({ text }) => text.includes('turned off'));
    expect(await spentOn(url, 'guild')).toMatchObject({ held: 1 });
  });
});
