import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { addressBanned } from '../../src/simulators/discord/rest/faults.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, hasClip } from './video-call.ts';

const BAN = /Cloudflare, which sits in front of Discord, bans the address/;
const HOUR_SECONDS = 3600;

let testbed: BotTestbed;
beforeEach(async () => {
  testbed = await openTestbed({ env: { HTTP_PORT: '0' } });
  testbed.expectError(BAN);
});
afterEach(async () => testbed.close());

/** Starts the bot without waiting for it to be ready. */
function begin(): { readonly bot: BotProcess; readonly ready: Promise<unknown> } {
  const ready = testbed.start();
  // Where it is stopped before; a test that waits for it sees why.
  ready.catch(() => undefined);
  return { bot: testbed.bot, ready };
}

const bansIn = ({ lines }: BotProcess): string[] => lines.filter((line) => BAN.test(line));

const banLine = z.object({
  level: z.literal(50),
  time: z.unknown(),
  status: z.number(),
  until: z.iso.datetime(),
  waitSeconds: z.number(),
});

async function health(
  bot: BotProcess,
): Promise<{ readonly alive: number; readonly ready: number }> {
  const line = await bot.waitForLine((text) => text.includes('"msg":"health server listening"'));
  const { port } = z.object({ port: z.number() }).parse(JSON.parse(line));
  const statusOf = async (path: string): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    await response.text();
    return response.status;
  };
  return { alive: await statusOf('/healthz'), ready: await statusOf('/readyz') };
}

/** Registration reads what stands there, then writes what differs. */
const COMMANDS = /^\/applications\/\d+\/(?:guilds\/\d+\/)?commands$/;

describe('a start from an address that Cloudflare bans', () => {
  it.each([
    [
      'the log-in, for as long as it says',
      'GET',
      '/gateway/bot',
      { status: 429, retryAfter: '7200' },
      7200,
    ],
    [
      'the log-in, for an hour where it does not say',
      'GET',
      '/gateway/bot',
      { status: 429 },
      HOUR_SECONDS,
    ],
    ['the log-in, by a page', 'GET', '/gateway/bot', { status: 403 }, HOUR_SECONDS],
    [
      'the log-in, as JSON that is none',
      'GET',
      '/gateway/bot',
      { status: 429, contentType: 'application/json' },
      HOUR_SECONDS,
    ],
    [
      'the log-in, for ten days, of which it waits one',
      'GET',
      '/gateway/bot',
      { status: 429, retryAfter: '864000' },
      86_400,
    ],
    ['the look at the commands', 'GET', COMMANDS, { status: 429 }, HOUR_SECONDS],
    ['the registration', 'PUT', COMMANDS, { status: 403 }, HOUR_SECONDS],
  ] as const)(
    'waits at %s: alive, not ready, in one line',
    async (_what, method, route, ban, seconds) => {
      const fault = testbed.discord.faults.add({
        method,
        route,
        times: Infinity,
        action: addressBanned(ban),
      });
      const { bot } = begin();
      const told = await bot.waitForLine((line) => BAN.test(line));
      const { status, until, waitSeconds } = banLine.parse(JSON.parse(told));
      expect(status).toBe(ban.status);
      expect(waitSeconds).toBe(seconds);
      expect(Date.parse(until)).toBeGreaterThan(Date.now());
      expect(await health(bot)).toEqual({ alive: 200, ready: 503 });
      expect(fault.hits()).toBe(1);
      bot.kill('SIGTERM');
      expect(await bot.exited).toBe(0);
      expect(bot.lines.at(-1)).toContain('"msg":"stopped"');
      expect(bansIn(bot)).toHaveLength(1);
      expect(fault.hits()).toBe(1);
    },
  );

  it.each([
    ['seconds', { retryAfter: '1' }],
    [
      'a date, by a clock of its own',
      { date: 'Fri, 20 Nov 2026 12:00:00 GMT', retryAfter: 'Fri, 20 Nov 2026 12:00:01 GMT' },
    ],
  ])('asks again when the ban is over, which it said in %s, and serves', async (_what, told) => {
    const { faults } = testbed.discord;
    const atLogin = faults.add({
      route: '/gateway/bot',
      action: addressBanned({ status: 429, ...told }),
    });
    const atCommands = faults.add({
      route: COMMANDS,
      action: addressBanned({ status: 429, retryAfter: '1' }),
    });
    const { bot, ready } = begin();
    await ready;
    expect([atLogin.hits(), atCommands.hits()]).toEqual([1, 1]);
    expect(bansIn(bot)).toHaveLength(2);
    expect(await health(bot)).toEqual({ alive: 200, ready: 200 });
    const call = await callVideo(testbed, 'A lighthouse that lets everybody in again');
    await call.waitFor(hasClip);
  });
});

describe('a ban while the bot runs', () => {
  it('is one line, not ready, and asks Discord nothing until it is over', async () => {
    const { discord } = testbed;
    await testbed.start();
    const { bot } = testbed;
    expect(await health(bot)).toEqual({ alive: 200, ready: 200 });
    discord.faults.add({
      route: '/interactions/:id/:token/callback',
      action: addressBanned({ status: 429, retryAfter: '3600' }),
    });
    const member = discord.member();
    await member.slash(discord.channelId, 'models', {});
    await bot.waitForLine((line) => BAN.test(line));
    const asked = discord.requests.length;
    const unanswered = await callVideo(testbed, 'A letter that nobody may carry');
    await bot.waitForLine((line) => line.includes('interaction not acknowledged'));
    expect(discord.requests.length).toBe(asked);
    expect(unanswered.acknowledgement()).toBeNull();
    expect(testbed.providers.acceptedCreates()).toBe(0);
    expect(await health(bot)).toEqual({ alive: 200, ready: 503 });
    expect(bansIn(bot)).toHaveLength(1);
    bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
  });

  it('costs no video: it is delivered when the ban is over', async () => {
    await testbed.start();
    const ban = testbed.discord.faults.add({
      method: 'PATCH',
      route: '/webhooks/:app/:token/messages/:message',
      action: addressBanned({ status: 429, retryAfter: '1' }),
    });
    const call = await callVideo(testbed, 'A parcel that waits at the border');
    await call.waitFor(hasClip);
    expect(ban.hits()).toBe(1);
    expect(bansIn(testbed.bot)).toHaveLength(1);
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });
});
