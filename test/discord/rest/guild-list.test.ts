import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuildList } from '../../../src/discord/rest/guild-list.ts';
import { createRestClients } from '../../../src/discord/rest/rest-clients.ts';
import type { SimulatedDiscord } from '../../../src/simulators/discord/api.ts';
import { rateLimited } from '../../../src/simulators/discord/rest/faults.ts';
import type { FaultAction } from '../../../src/simulators/discord/rest/faults.ts';
import type { ApiRequest } from '../../../src/simulators/discord/rest/request.ts';
import { startSimulatedDiscord } from '../../../src/simulators/discord/start.ts';

const FIRST = 200_000_000_000_000_000n;
const idOf = (index: number): string => String(FIRST + BigInt(index));
const ROUTE = '/users/@me/guilds';

let discord: SimulatedDiscord;
beforeEach(async () => {
  const guilds = Array.from({ length: 403 }, (_, index) => ({ id: idOf(index) }));
  discord = await startSimulatedDiscord({ guilds });
});
afterEach(async () => discord.close());

async function list(signal = new AbortController().signal): Promise<ReadonlySet<string>> {
  const { apiUrl, token } = discord;
  return createGuildList(createRestClients(apiUrl, token)).list(signal);
}

const answer = (status: number, body: unknown): FaultAction => ({
  kind: 'answer',
  at: 'before-effect',
  status,
  body,
});

const A_FAULT = /^/;
const isSecondPage = ({ query }: ApiRequest): boolean => query.get('after') === idOf(199);

describe('the list of the bot’s guilds', () => {
  it('is read page by page until a page is empty', async () => {
    discord.world.setBotMembership(idOf(7), false);
    const ids = await list();
    expect(ids.size).toBe(402);
    expect(ids.has(idOf(7))).toBe(false);
    expect(ids.has(idOf(402))).toBe(true);
    const asked = discord.requests.filter(({ path }) => path === ROUTE);
    expect(asked).toHaveLength(4);
    expect(asked.every(({ status, hasAuthorization }) => status === 200 && hasAuthorization)).toBe(
      true,
    );
  });

  it('is complete even if a page is shorter than it should be', async () => {
    const short = [0, 1].map((index) => ({ id: idOf(index) }));
    discord.faults.add({ route: ROUTE, times: 1, action: answer(200, short) });
    expect((await list()).size).toBe(403);
  });

  it.each<[string, FaultAction]>([
    ['an error of Discord', answer(502, 'bad gateway')],
    ['a rate limit', rateLimited({ retryAfterSeconds: 0.01 })],
    ['a refused token', answer(401, { message: '401: Unauthorized', code: 0 })],
    ['a cut', { kind: 'cut', at: 'before-effect' }],
    ['no list', answer(200, { guilds: [] })],
    ['nothing', answer(200, null)],
    ['ids that are none', answer(200, [{ id: '../etc' }])],
    ['a page of before', answer(200, [{ id: idOf(0) }])],
    ['a page in no order', answer(200, [{ id: idOf(399) }, { id: idOf(398) }])],
  ])('is none after %s on its second page', async (_fault, action) => {
    const fault = discord.faults.add({ route: ROUTE, when: isSecondPage, action });
    await expect(list()).rejects.toThrow(A_FAULT);
    expect(fault.hits()).toBe(1);
  });

  it('is given up at a stop', async () => {
    const held = discord.faults.add({
      route: ROUTE,
      action: { kind: 'hold', at: 'before-effect' },
    });
    const stop = new AbortController();
    const listed = list(stop.signal);
    await held.reached;
    stop.abort();
    await expect(listed).rejects.toThrow(A_FAULT);
    held.release();
  });
});
