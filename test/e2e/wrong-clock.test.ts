import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyStep, emptyAccount, encodeAccount } from '../../src/domain/ledger/account.ts';
import { NO_MONEY } from '../../src/domain/ledger/task-money.ts';
import { keysOf, operatorWindows } from '../../src/domain/ledger/windows.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { onShiftedClock } from './shifted-clock.ts';
import { callVideo, endedMessage, hasClip } from './video-call.ts';
import { openStoreOf } from './new-store.ts';
import {
  ONE_OPERATOR_ACCOUNT,
  OPERATOR_ACCOUNTS_BY_SLOT,
} from '../../src/domain/ledger/account-key.ts';

const DAY_MS = 86_400_000;
const AHEAD_MS = 500 * DAY_MS;
const BEHIND_MS = -365 * DAY_MS;
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '1.00', per: 'task' } },
};

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

interface TestbedSettings {
  readonly env?: Readonly<Record<string, string>>;
  /** How long a provider's task takes. */
  readonly taskMs?: number;
}

/** A testbed whose bot has a clock that is off, another one at each start. */
async function stageOff(
  offs: readonly (readonly [offMs: number, jumpMs: number])[],
  { env = {}, taskMs = 0 }: TestbedSettings = {},
): Promise<BotTestbed> {
  const testbed = await openTestbed({
    env,
    providers: { taskMs },
    program: (start) => onShiftedClock(...(offs[start - 1] ?? [0, 0])),
  });
  open = testbed;
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  return testbed;
}

async function recordsOf<T>(
  testbed: BotTestbed,
  use: (records: RecordStore) => Promise<T>,
): Promise<T> {
  const records = await openStoreOf(testbed);
  try {
    return await use(records);
  } finally {
    await records.close();
  }
}

/** The key of the operator's account that counts the only server. */
function operatorKeyOf({ env, discord }: BotTestbed): string {
  const isShared = env['STORE_URL']?.startsWith('postgres:') === true;
  const [guild] = discord.world.guilds();
  return (isShared ? OPERATOR_ACCOUNTS_BY_SLOT : ONE_OPERATOR_ACCOUNT).keyOf(guild?.id ?? '');
}

/** Every record of the store, as text. */
async function contentOf(testbed: BotTestbed): Promise<ReadonlyMap<string, string>> {
  return recordsOf(testbed, async (records) => {
    // How often the store was opened is its own.
    const keys = (await records.keysUnder('')).filter((key) => key !== 'meta:store');
    const values = await records.getMany(keys);
    return new Map(keys.map((key, at) => [key, JSON.stringify(values[at])]));
  });
}

/** Whatever in a store of today lies ahead, or a month or more ago: numbers, keys and windows. */
function wrongTimes(content: ReadonlyMap<string, string>, nowMs: number): string[] {
  const text = [...content].map(([key, value]) => `${key} ${value}`).join('\n');
  // A deadline lies ahead by three days at most.
  const isWrong = (ms: number): boolean => ms > nowMs + 4 * DAY_MS || ms < nowMs - 32 * DAY_MS;
  const numbers = [...text.matchAll(/(?<![\d"])1[6-9]\d{11}(?!\d)/g)].map(([ms]) => Number(ms));
  const dates = [...text.matchAll(/20\d\d-\d\d(?:-\d\dT[\d:.]+Z)?/g)].map(([at]) => Date.parse(at));
  return [...numbers, ...dates].filter(isWrong).map((ms) => new Date(ms).toISOString());
}

/** That it was started is noted of the store at once, without a time. */
const withoutStarts = (content: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...content].filter(([key]) => key !== 'meta:store'));

const nextMidnight = (ms: number): number => (Math.floor(ms / DAY_MS) + 1) * DAY_MS;

/** Far enough from midnight: the days of a test are those that it means. */
function toMorning({ discord }: BotTestbed): void {
  discord.advance(nextMidnight(discord.now()) + 6 * 3_600_000 - discord.now());
}

describe.each([
  ['500 days ahead', AHEAD_MS],
  ['a year behind', BEHIND_MS],
])('a machine whose clock is %s', (_, offMs) => {
  it('makes videos, dates them by Discord, and deletes nothing that is not old', async () => {
    const testbed = await stageOff([
      [0, 0],
      [offMs, 0],
      [0, 0],
    ]);
    await testbed.start();
    const first = await callVideo(testbed, 'a first paper boat');
    await endedMessage(testbed, first);
    await testbed.kill();
    const before = await contentOf(testbed);

    await testbed.start();
    await testbed.bot.waitForLine((line) => line.includes('"msg":"records checked"'));
    const second = await callVideo(testbed, 'a second paper boat');
    expect(hasClip(await endedMessage(testbed, second))).toBe(true);
    await testbed.kill();
    const after = await contentOf(testbed);
    const kept = [...before.keys()].filter((key) => !key.startsWith('meta:'));
    expect(kept.filter((key) => !after.has(key))).toEqual([]);
    expect(wrongTimes(after, testbed.discord.now())).toEqual([]);
    expect(testbed.bot.lines.some((line) => line.includes("this machine's clock is wrong"))).toBe(
      true,
    );

    await testbed.start();
    const third = await callVideo(testbed, 'a third paper boat');
    expect(hasClip(await endedMessage(testbed, third))).toBe(true);
  });

  it('and jumps there while it runs: goes on with the same day and its budget', async () => {
    const testbed = await stageOff([[0, offMs]], { env: { BUDGET_DAY: '2' } });
    toMorning(testbed);
    await testbed.start();
    await endedMessage(testbed, await callVideo(testbed, 'before the jump'));
    testbed.bot.kill('SIGUSR2');
    await endedMessage(testbed, await callVideo(testbed, 'after the jump'));
    const refused = await callVideo(testbed, 'one too many');
    const answer = await refused.waitFor(({ loading }) => !loading);
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toContain(`<t:${nextMidnight(testbed.discord.now()) / 1000}:`);
    await testbed.kill();
    expect(wrongTimes(await contentOf(testbed), testbed.discord.now())).toEqual([]);
  });
});

describe('a store in which an earlier start with a clock 500 days ahead used up the day', () => {
  it('refuses until the midnight that it names, and not after it', async () => {
    const testbed = await stageOff([], { env: { BUDGET_DAY: '2' } });
    toMorning(testbed);
    await testbed.start();
    await testbed.kill();
    const windowKeys = keysOf(operatorWindows(testbed.discord.now() + AHEAD_MS));
    const amounts = { videos: 2n, seconds: 10n, cost: 2_000_000n };
    const spent = applyStep(emptyAccount(windowKeys), {
      before: NO_MONEY,
      after: { state: 'settled', amounts },
      windowKeys,
    });
    await recordsOf(testbed, async (records) =>
      records.write([{ key: operatorKeyOf(testbed), value: encodeAccount(spent) }]),
    );

    await testbed.start();
    const refused = await callVideo(testbed, 'too early');
    const answer = await refused.waitFor(({ loading }) => !loading);
    const midnight = nextMidnight(testbed.discord.now());
    expect(answer.content).toContain(`<t:${midnight / 1000}:`);

    testbed.discord.advance(midnight + 1000 - testbed.discord.now());
    const taken = await callVideo(testbed, 'on the next day');
    expect(hasClip(await endedMessage(testbed, taken))).toBe(true);
  });
});

describe('a start that does not reach Discord', () => {
  it('polls what is under way, writes nothing and deletes nothing', async () => {
    const offs = [
      [0, 0],
      [AHEAD_MS, 0],
    ] as const;
    const testbed = await stageOff(offs, { taskMs: 600_000 });
    await testbed.start();
    await callVideo(testbed, 'a long paper boat');
    const pollsMade = (): number =>
      testbed.providers.requests.filter(({ purpose }) => purpose === 'query').length;
    // It is written as running before its first poll.
    await vi.waitFor(
      () => {
        expect(pollsMade()).toBeGreaterThan(0);
      },
      { timeout: 30_000 },
    );
    await testbed.kill();
    const before = await contentOf(testbed);
    const polls = pollsMade();

    // Port 9 is nobody's: the bot never becomes ready.
    const started = Promise.allSettled([
      testbed.start({ DISCORD_API_URL: 'http://127.0.0.1:9/api' }),
    ]);
    await testbed.bot.waitForLine((line) => line.includes('Discord has not told the time yet'));
    expect(pollsMade()).toBeGreaterThan(polls);
    await testbed.kill();
    await expect(started).resolves.toMatchObject([{ status: 'rejected' }]);
    const after = await contentOf(testbed);
    expect(withoutStarts(after)).toEqual(withoutStarts(before));
  });
});
