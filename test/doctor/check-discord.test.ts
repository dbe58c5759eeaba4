import { describe, expect, it } from 'vitest';
import { checkDiscord } from '../../src/doctor/check-discord.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { BOT_ID, GUILD_ID, readerOf } from './discord-world.ts';
import type { DiscordWorld } from './discord-world.ts';

const APP = '/applications/1100';
const GOOD: DiscordWorld = {
  '/users/@me': { id: BOT_ID, username: 'Clapper' },
  '/applications/@me': { id: '1100', interactions_endpoint_url: null },
  '/users/@me/guilds': [{ id: GUILD_ID, name: 'Home' }],
  [`${APP}/commands`]: [],
  [`${APP}/guilds/${GUILD_ID}/commands`]: [{ name: 'video' }, { name: 'quota' }],
};

async function examine(
  changes: DiscordWorld = {},
  { guildIds = [GUILD_ID], aheadMs = 0 } = {},
): Promise<readonly Finding[]> {
  const ask = readerOf({ ...GOOD, ...changes }, aheadMs);
  const { findings } = await checkDiscord({ ask, guildIds, commands: ['video', 'quota'] });
  return findings;
}
const troubles = (findings: readonly Finding[]): string[] =>
  findings.filter(({ level }) => level !== 'ok').map(({ level, text }) => `${level}: ${text}`);

describe('what Discord answers', () => {
  it('is fine if everything is', async () => {
    const findings = await examine();
    expect(troubles(findings)).toEqual([]);
    expect(findings.map(({ text }) => text)).toContain(`Home (${GUILD_ID})`);
  });

  it.each([
    ['a token that is refused', { '/users/@me': 401 }, 'fault: Discord refuses DISCORD_TOKEN'],
    ['no answer', { '/users/@me': undefined }, 'fault: does not answer (ECONNREFUSED)'],
    [
      'an answer of another program',
      { '/users/@me': { hello: 1 } },
      'fault: answers HTTP 200 instead',
    ],
    ['an outage', { '/users/@me': 503 }, 'fault: answers HTTP 503 instead'],
    ['no server', { '/users/@me/guilds': [] }, 'warning: the bot is in none'],
    [
      'an endpoint that takes the commands away',
      { '/applications/@me': { id: '1100', interactions_endpoint_url: 'https://old.test' } },
      'fault: Discord sends them to an Interactions Endpoint URL',
    ],
    [
      'a server that refuses the commands',
      { [`${APP}/guilds/${GUILD_ID}/commands`]: 403 },
      `warning: Discord refuses them in server ${GUILD_ID}`,
    ],
    [
      'commands that are not there',
      { [`${APP}/guilds/${GUILD_ID}/commands`]: [{ name: 'video' }] },
      `warning: /quota not registered in server ${GUILD_ID}`,
    ],
    ['a list that does not come', { '/users/@me/guilds': 500 }, 'warning: Discord does not list'],
  ])('reports %s', async (_what, changes, expected) => {
    const found = troubles(await examine(changes));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it('asks nothing more with a token that is refused, and knows no bot', async () => {
    const ask = readerOf({ '/users/@me': 401 });
    const { findings, botId } = await checkDiscord({ ask, guildIds: [], commands: [] });
    expect(botId).toBeUndefined();
    expect(findings).toHaveLength(1);
  });

  it('warns if every server is served, and checks the global commands', async () => {
    const found = troubles(await examine({}, { guildIds: [] }));
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('can spend on its provider keys');
    expect(found[1]).toContain('/video, /quota not registered globally');
  });

  it.each([
    [2000, []],
    [2001, ['warning: at least 2.0 s ahead of Discord']],
    [-60_000, ['warning: at least 60.0 s behind Discord']],
  ])('takes a clock %i ms ahead for %j', async (aheadMs, expected) => {
    expect(troubles(await examine({}, { aheadMs }))).toEqual(expected);
  });
});
