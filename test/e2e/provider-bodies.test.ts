import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loadDiscordOpenApi,
  OPENAPI_SKIP_REASON,
} from '../../src/simulators/discord/test/discord-openapi.ts';
import { VIDEO_OPTIONS } from '../../src/domain/routes/options.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { WITH_ARK, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { bodyFaults } from './discord-bodies.ts';
import { bodyCases } from './provider-bodies.table.ts';
import type { BodyCase } from './provider-bodies.table.ts';
import { attachmentUrls, callVideo, createsOf, endedMessage, fileFor } from './video-call.ts';

const openApi = loadDiscordOpenApi();

/** Every case is a video that is made, on a slow machine as well. */
const PLAY_MS = 240_000;

/** So many members call at one time. */
const BATCH = 20;

const OPTION_NAMES: ReadonlySet<string> = new Set(VIDEO_OPTIONS);

let testbed: BotTestbed;
const calls = new Map<string, InteractionHandle>();

beforeAll(async () => {
  // With ffmpeg a provider may be asked for the last frame besides.
  const env = { ...WITH_ARK, FFMPEG_PATH: '/nowhere/ffmpeg' };
  testbed = await startBotTestbed({ env, allProviders: true });
  for (let at = 0; at < bodyCases.length; at += BATCH) {
    const batch = bodyCases.slice(at, at + BATCH);
    // One batch after the other, as a full server would call.
    await Promise.all(batch.map(play));
  }
}, PLAY_MS);
afterAll(async () => testbed.close());

/** The table's prompt with the case's number, by which the provider's request is known again. */
function promptOf(one: BodyCase): string {
  return `${one.command.prompt} (${bodyCases.indexOf(one)})`;
}

async function play(one: BodyCase): Promise<void> {
  const { media = [], prompt: _replaced, ...options } = one.command;
  const files = Object.fromEntries(media.map((option) => [option, fileFor(option)]));
  const call = await callVideo(testbed, promptOf(one), { ...options, ...files });
  calls.set(one.name, call);
  // Where the documents are silent the simulated provider may refuse: any end will do here.
  await (one.expected === 'refused' ? call.acknowledged : endedMessage(testbed, call));
}

const named = (cases: readonly BodyCase[]): [string, BodyCase][] =>
  cases.map((one) => [one.name, one]);

function callOf(one: BodyCase): InteractionHandle {
  const call = calls.get(one.name);
  if (call === undefined) throw new Error('the case was not played');
  return call;
}

/** The table's body with the addresses and the prompt of this call. */
function expectedBody(one: BodyCase): unknown {
  const urls = attachmentUrls(callOf(one));
  const filled = JSON.stringify(one.expected)
    .replaceAll(JSON.stringify(one.command.prompt), JSON.stringify(promptOf(one)))
    .replaceAll(/\{\{(\w+)\}\}/g, (_whole, option: string) => urls.get(option) ?? 'missing');
  return JSON.parse(filled);
}

describe('a request that the route takes', () => {
  const accepted = bodyCases.filter(({ expected }) => expected !== 'refused');

  it.each(named(accepted))('%s', async (_name, one) => {
    const call = callOf(one);
    const { kind, ephemeral, afterMs } = await call.acknowledged;
    expect({ kind, ephemeral }).toEqual({ kind: 'deferred-message', ephemeral: false });
    expect(afterMs).toBeLessThan(3000);
    expect(createsOf(testbed, promptOf(one)).map(({ body }) => body)).toEqual([expectedBody(one)]);
  });

  it('carries the key of its provider and says what it sends', () => {
    const creates = testbed.providers.requests.filter(({ purpose }) => purpose === 'create');
    expect(creates.length).toBe(accepted.length);
    for (const { headers } of creates) {
      expect(headers).toMatchObject({
        authorization: 'Bearer <right key>',
        'content-type': 'application/json',
      });
    }
  });
});

describe('a request that the route does not take', () => {
  const refused = bodyCases.filter(({ expected }) => expected === 'refused');

  it.each(named(refused))('%s', async (_name, one) => {
    const call = callOf(one);
    const { type, ephemeral } = await call.acknowledged;
    expect({ type, ephemeral }).toEqual({ type: 4, ephemeral: true });
    const text = call.message()?.text ?? '';
    const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const options = new Set(quoted.filter((name) => OPTION_NAMES.has(name)));
    expect([...options].toSorted()).toEqual(one.faultOptions?.toSorted());
    expect(createsOf(testbed, promptOf(one))).toEqual([]);
  });

  it('is named other models by which it would be taken, where there are some', () => {
    const one = refused.find(({ name }) => name === 'jimmy/seedance2.0-fast-i2v refuses video1');
    const text = one === undefined ? '' : callOf(one).message()?.text;
    expect(text).toContain('Mini Special');
    expect(text).toContain('Mini (AnyFast)');
    expect(text).toContain('Mini (Jimmy AI)');
    expect(text).not.toContain('Full');
  });
});

it(`sends Discord what its OpenAPI document describes${openApi ? '' : `: ${OPENAPI_SKIP_REASON}`}`, (context) => {
  if (openApi === undefined) return context.skip(OPENAPI_SKIP_REASON);
  expect(testbed.discord.requests.length).toBeGreaterThan(bodyCases.length);
  expect(bodyFaults(openApi, testbed.discord.requests)).toEqual([]);
});
