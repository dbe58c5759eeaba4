import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

const FIRST = 200_000_000_000_000_000n;
const idOf = (index: number): string => String(FIRST + BigInt(index));
const guild = (index: number) => ({ id: idOf(index), channels: [{ name: 'general' }] });

let discord: SimulatedDiscord;
beforeEach(async () => {
  const indexes = Array.from({ length: 203 }, (_, index) => index);
  discord = await startSimulatedDiscord({ guilds: indexes.toReversed().map(guild) });
});
afterEach(async () => await discord.close());

async function page(query = ''): Promise<string[]> {
  const { body } = await createRest(discord).call('GET', `/users/@me/guilds${query}`);
  return (Array.isArray(body) ? body : []).map(({ id }: { id: string }) => id);
}

describe('the list of the bot’s guilds', () => {
  it('has pages of 200 in order of id, and continues after an id', async () => {
    const first = await page();
    expect(first).toHaveLength(200);
    expect(first[0]).toBe(idOf(0));
    expect(await page(`?after=${first.at(-1) ?? ''}`)).toEqual([200, 201, 202].map(idOf));
    expect(await page(`?after=${idOf(202)}`)).toEqual([]);
    expect(await page(`?limit=2&after=${idOf(4)}`)).toEqual([5, 6].map(idOf));
    expect(await page(`?limit=2&before=${idOf(4)}`)).toEqual([2, 3].map(idOf));
  });

  it('excludes guilds that removed the bot', async () => {
    discord.world.setBotMembership(idOf(1), false);
    expect(await page('?limit=2')).toEqual([0, 2].map(idOf));
  });

  it.each(['limit=0', 'limit=201', 'limit=many', 'after=yesterday'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await createRest(discord).call('GET', `/users/@me/guilds?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 50035 });
    },
  );
});

describe('a guild', () => {
  it('and its members can be read only while the bot is a member', async () => {
    const rest = createRest(discord);
    const path = `/guilds/${idOf(0)}`;
    expect((await rest.call('GET', path)).status).toBe(200);
    expect(await rest.call('GET', `${path}/members/123456789012345678`)).toMatchObject({
      status: 404,
      body: { code: 10007 },
    });
    discord.world.setBotMembership(idOf(0), false);
    for (const gone of [path, `${path}/members/${discord.botUserId}`]) {
      const answer = await rest.call('GET', gone);
      expect(answer).toMatchObject({ status: 404, body: { code: 10004 } });
    }
  });

  it('returns a member who acted in it', async () => {
    const ada = discord.member({ guildId: idOf(0), roles: [] });
    const { body } = await createRest(discord).call('GET', `/guilds/${idOf(0)}/members/${ada.id}`);
    expect(body).toMatchObject({ user: { id: ada.id }, roles: [] });
  });
});
