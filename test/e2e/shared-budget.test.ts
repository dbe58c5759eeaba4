import { expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { askAt, describeOnPostgres } from '../fakes/on-postgres.ts';
import { isEndOf } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { SERVERS, openSeveral, untilShared } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

const GUILDS = [...SERVERS.keys()];

/** 1.37 a video. */
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '1.37', per: 'task' } },
};
const BUDGET_DAY = '6.90';
/** As many as the budget has room for. */
const PASSING = 5;
const SPENT = 6_850_000;

/** Calls once in each of these servers at once; resolves with the calls that became tasks. */
async function callIn(
  testbed: BotTestbed,
  numbers: readonly number[],
): Promise<InteractionHandle[]> {
  const { discord } = testbed;
  const calls = await Promise.all(
    numbers.map(async (number) => {
      const { id: guildId = '', channelId = '' } = SERVERS[number] ?? {};
      const caller = discord.member({ guildId });
      return caller.slash(channelId, 'video', { prompt: 'A fish', model: ANY_MODEL });
    }),
  );
  const answers = await Promise.all(calls.map(async ({ acknowledged }) => acknowledged));
  const begun = calls.filter((_, index) => answers[index]?.kind === 'deferred-message');
  const refused = calls.filter((call) => !begun.includes(call));
  // A process that is slow says so; such a call is made once more.
  const busy = numbers.filter((_, index) => textOf(calls[index]).includes('too busy'));
  const others = refused.map(textOf).filter((text) => !text.includes('too busy'));
  expect(others.filter((text) => !text.includes('used up'))).toEqual([]);
  return busy.length === 0 ? begun : [...begun, ...(await callIn(testbed, busy))];
}

function textOf(call: InteractionHandle | undefined): string {
  return call?.message()?.content ?? '';
}

async function spentAt(url: string): Promise<readonly number[]> {
  const sums = await askAt(
    url,
    `SELECT sum(((value::json)->'value'->'day'->'used'->>'cost')::bigint)::int AS spent FROM records
     WHERE key LIKE '%account:operator:%'`,
  );
  const granted = await askAt(url, 'SELECT granted::int FROM budget');
  return [...sums, ...granted].map((row) => Number(row['spent'] ?? row['granted']));
}

/** What was taken in advance is given back when it was not used for a second or two. */
async function untilGivenBack(url: string): Promise<void> {
  await expect.poll(async () => spentAt(url), { timeout: 10_000 }).toEqual([SPENT, SPENT]);
}

describeOnPostgres('the operator’s budget over several processes', (server) => {
  const open = async (instances: readonly string[]): Promise<SharingBots> =>
    openSeveral(server, instances, { env: { BUDGET_DAY }, prices: PRICES });

  it('is neither passed nor left over, by calls in all servers at once', async () => {
    const { testbed, bots, url } = await open(['a', 'b']);
    const begun = await callIn(testbed, [...GUILDS, ...GUILDS]);
    expect(begun).toHaveLength(PASSING);
    await Promise.all(begun.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
    await untilGivenBack(url);
  });

  it('holds for one that has none as well, while an update is on its way', async () => {
    const free = { env: { BUDGET_DAY: '' }, prices: PRICES };
    const { testbed, bots, url } = await openSeveral(server, ['a'], free);
    await bots.start('b', { BUDGET_DAY });
    await untilShared(url, 2);
    const first = await callIn(testbed, GUILDS);
    const begun = [...first, ...(await callIn(testbed, GUILDS))];
    expect(begun).toHaveLength(PASSING);
    await Promise.all(begun.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
    await untilGivenBack(url);
  });

  it('is the same to the cent after a process was killed', async () => {
    const { testbed, bots, url } = await open(['a', 'b']);
    const before = await callIn(testbed, [0, 1, 2]);
    expect(before).toHaveLength(3);
    await Promise.all(before.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
    bots.running.get('b')?.kill('SIGKILL');
    await untilShared(url, 1);
    const after = await callIn(testbed, [0, 1, 2, 3, 4, 5]);
    expect(after).toHaveLength(PASSING - 3);
    await Promise.all(after.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
    await untilGivenBack(url);
  });
});
