import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { rateLimited } from '../rest/faults.ts';
import { startSimulatedDiscord } from '../start.ts';

const MINUTE = 60_000;
const LIMIT = 5;
let discord: SimulatedDiscord;
beforeEach(async () => {
  discord = await startSimulatedDiscord({
    now: () => Date.UTC(2026, 0, 1),
    invalidRequests: { limit: LIMIT, banMs: 2 * MINUTE },
  });
});
afterEach(async () => await discord.close());

/** The status and the text of a request with that authorization. */
async function ask(authorization = `Bot ${discord.token}`) {
  const response = await fetch(`${discord.apiUrl}/v10/gateway/bot`, { headers: { authorization } });
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), text: await response.text() };
}

async function refused(times: number): Promise<void> {
  for (let asked = 0; asked < times; asked += 1) {
    expect((await ask('Bot wrong')).status).toBe(401);
  }
}

describe('invalid requests', () => {
  it('ban the address when they reach the limit, for every request, until it is over', async () => {
    await refused(LIMIT - 1);
    expect((await ask()).status).toBe(200);
    await refused(1);
    const banned = await ask();
    expect(banned).toEqual({ status: 429, retryAfter: '120', text: 'error code: 1015' });
    discord.advance(2 * MINUTE - 1);
    expect((await ask()).status).toBe(429);
    discord.advance(1);
    expect((await ask()).status).toBe(200);
    expect(discord.invalidRequests()).toBe(0);
  });

  it('count for ten minutes', async () => {
    await refused(LIMIT - 1);
    expect(discord.invalidRequests()).toBe(LIMIT - 1);
    discord.advance(10 * MINUTE);
    await refused(LIMIT - 1);
    expect(discord.invalidRequests()).toBe(LIMIT - 1);
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ['user', 1],
    ['global', 1],
    ['shared', 0],
  ] as const)('of scope %s count as %i', async (scope, counted) => {
    const action = rateLimited({ retryAfterSeconds: 1, scope });
    discord.faults.add({ route: '/gateway/bot', action });
    expect((await ask()).status).toBe(429);
    expect(discord.invalidRequests()).toBe(counted);
  });

  it('are no others than 401, 403 and 429', async () => {
    for (const status of [400, 404, 413, 500]) {
      discord.faults.add({ route: '/gateway/bot', action: { kind: 'answer', status } });
      await ask();
    }
    expect(discord.invalidRequests()).toBe(0);
    discord.faults.add({ route: '/gateway/bot', action: { kind: 'answer', status: 403 } });
    await ask();
    expect(discord.invalidRequests()).toBe(1);
  });
});
