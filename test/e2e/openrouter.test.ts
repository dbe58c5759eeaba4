import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { parseCsv } from '../commands/parse-csv.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, endedMessage, hasClip } from './video-call.ts';

const VEO = 'openrouter/google/veo-3.1';
const PRICES = {
  currency: 'CNY',
  rates: { USD: '7.25' },
  prices: { 'openrouter/alibaba/wan-2.6-720p': { amount: '1.00', per: 'task' } },
};

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** A bot with this provider on. */
async function stage(prices: object = PRICES, taskMs = 0): Promise<BotTestbed> {
  const testbed = await openTestbed({ providers: { quick: true, taskMs } });
  open = testbed;
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(prices));
  await testbed.start(settingsOf(testbed));
  return testbed;
}

const settingsOf = ({ providers: { openrouter } }: BotTestbed) => ({
  OPENROUTER_API_KEY: openrouter.key,
  OPENROUTER_API_URL: openrouter.url,
});

/** Resolves when a task is polled, which it is once it is written that it runs. */
async function nextPoll({ providers: { hooks } }: BotTestbed): Promise<void> {
  return new Promise((resolve) => {
    hooks.beforeAnswer = ({ purpose }) => {
      if (purpose === 'query') resolve();
    };
  });
}

/** Of each exported task: quoted, settled, currency, state. */
async function exported({ discord }: BotTestbed): Promise<string[][]> {
  const admin = discord.member({ permissions: PERMISSION.manageGuild });
  const call = await admin.slash(discord.channelId, 'usage export', {});
  const { attachments } = await call.waitFor(({ loading }) => !loading);
  const bytes = discord.attachmentBytes(attachments[0]?.id ?? '');
  const [, ...rows] = parseCsv(Buffer.from(bytes ?? []).toString('utf8'));
  return rows.map((row) => row.slice(6));
}

const compare = (one: string, other: string): number => one.localeCompare(other);

/** A finished task with this usage. */
const finishedWith = (usage: object) =>
  ({
    kind: 'raw',
    status: 200,
    body: JSON.stringify({ id: 'x', status: 'completed', usage }),
  }) as const;

describe('OpenRouter', () => {
  it('makes a video by a model of its list, fetches it with the key and settles its cost', async () => {
    const testbed = await stage();
    const options = { model: VEO, duration: 6, resolution: '4k', sound: false };
    const call = await callVideo(testbed, 'a boat at sea', options);
    const message = await call.waitFor(hasClip);
    // Six seconds at 0.40 USD; the simulation reports 0.11 for each.
    expect(message.text).toContain('about CN¥17.40');
    expect(message.text).toContain('charged CN¥4.785');
    expect(createsOf(testbed, 'a boat at sea').map(({ body }) => body)).toEqual([
      {
        model: 'google/veo-3.1',
        prompt: 'a boat at sea',
        duration: 6,
        resolution: '4K',
        generate_audio: false,
      },
    ]);
    const results = testbed.providers.requests.filter(({ purpose }) => purpose === 'result');
    expect(results.length).toBeGreaterThan(0);
    for (const { path, headers } of results) {
      expect(path).toMatch(/^\/videos\/\w+\/content\?index=0$/);
      expect(headers.authorization).toBe('Bearer <right key>');
    }
    expect(await exported(testbed)).toEqual([['17.40', '4.785', 'CNY', 'settled']]);
  });

  it('books no cost that cannot be, and holds one that is absurd', async () => {
    const testbed = await stage();
    const rows: readonly (readonly [usage: object, settled: string, state: string])[] = [
      [{ cost: 0.02, is_byok: true }, '1.00', 'settled (assumed)'],
      [{ cost: -1 }, '1.00', 'settled (assumed)'],
      [{ cost: 'much' }, '1.00', 'settled (assumed)'],
      [{}, '1.00', 'settled (assumed)'],
      [{ cost: '0.1' }, '0.725', 'settled'],
      [{ cost: 0.82 }, '5.945', 'settled'],
      [{ cost: 0.83 }, '', 'held'],
      [{ cost: 1e300 }, '', 'held'],
    ];
    const { query, result } = testbed.providers.knobs.openrouter;
    for (const [usage, , state] of rows) {
      query.next(finishedWith(usage));
      // It stays held when the video has to be fetched once more.
      if (state === 'held') result.next({ kind: 'status', status: 500 });
      const options = { model: 'openrouter/alibaba/wan-2.6', resolution: '720p' };
      await endedMessage(testbed, await callVideo(testbed, JSON.stringify(usage), options));
    }
    const lines = (await exported(testbed)).map(([, settled, , state]) => `${settled} ${state}`);
    const expected = rows.map(([, settled, state]) => `${settled} ${state}`);
    expect(lines.toSorted(compare)).toEqual(expected.toSorted(compare));
    const warned = testbed.bot.lines.filter((line) => line.includes('reported no cost'));
    expect(warned).toHaveLength(4);
  });

  it('settles at the quote, assumed, where the list has no rate for dollars', async () => {
    const testbed = await stage({ ...PRICES, rates: {} });
    const options = { model: 'openrouter/alibaba/wan-2.6', resolution: '720p' };
    const message = await (await callVideo(testbed, 'a boat', options)).waitFor(hasClip);
    expect(message.text).toContain("the provider didn't report what it cost");
    expect(await exported(testbed)).toEqual([['1.00', '1.00', 'CNY', 'settled (assumed)']]);
  });

  it('goes on by the list of yesterday, at the rate that was frozen', async () => {
    const testbed = await stage(PRICES, Infinity);
    const call = await callVideo(testbed, 'a boat', { model: VEO, duration: 4 });
    await nextPoll(testbed);
    await testbed.kill();
    await testbed.providers.openrouter.down();
    await writeFile(
      join(testbed.folder, 'prices.json'),
      JSON.stringify({ ...PRICES, rates: { USD: '100' } }),
    );
    await testbed.start(settingsOf(testbed));
    const warned = testbed.bot.lines.filter((line) => line.includes('its last one is used'));
    expect(warned).toHaveLength(1);
    await testbed.providers.openrouter.up();
    testbed.providers.knobs.openrouter.taskMs = 0;
    await call.waitFor(hasClip);
    expect(await exported(testbed)).toEqual([['11.60', '3.19', 'CNY', 'settled']]);
  });

  it('holds what a model was making that is not wanted any more, and offers it no longer', async () => {
    const testbed = await stage(PRICES, Infinity);
    const call = await callVideo(testbed, 'a boat', { model: VEO, duration: 4 });
    await nextPoll(testbed);
    await testbed.kill();
    await testbed.start({ ...settingsOf(testbed), OPENROUTER_MODELS: 'alibaba/wan-2.6' });
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain('turned off');
    expect(await exported(testbed)).toEqual([['11.60', '', 'CNY', 'held']]);
    const refused = await callVideo(testbed, 'another', { model: VEO });
    const answer = await refused.waitFor(({ loading }) => !loading);
    expect(answer.text).toContain('There is no `model` called');
  });
});
