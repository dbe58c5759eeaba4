import { describe, expect, it } from 'vitest';
import { checkDiscord } from '../../src/doctor/check-discord.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { BOT_ID, GUILD_ID, readerOf } from './discord-world.ts';
import type { DiscordWorld } from './discord-world.ts';

const APP_ID = '110000000000000001';
const APP = `/applications/${APP_ID}`;
const KEY = 'ab'.repeat(32);
const GOOD: DiscordWorld = {
  '/users/@me': { id: BOT_ID, username: 'Clapper' },
  '/applications/@me': { id: APP_ID, verify_key: KEY, interactions_endpoint_url: null },
  '/users/@me/guilds': [{ id: GUILD_ID, name: 'Home' }],
  [`${APP}/commands`]: [],
  [`${APP}/guilds/${GUILD_ID}/commands`]: [{ name: 'video' }, { name: 'quota' }],
};

interface Circumstances {
  readonly guildIds?: readonly string[];
  readonly aheadMs?: number;
  readonly publicKey?: string;
}

async function examine(
  changes: DiscordWorld = {},
  { guildIds = [GUILD_ID], aheadMs = 0, publicKey }: Circumstances = {},
): Promise<readonly Finding[]> {
  const ask = readerOf({ ...GOOD, ...changes }, aheadMs);
  const { findings } = await checkDiscord({
    ask,
    guildIds,
    publicKey,
    commands: ['video', 'quota'],
  });
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
      { '/applications/@me': { id: APP_ID, interactions_endpoint_url: 'https://old.test' } },
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
    const { findings, botId } = await checkDiscord({
      ask,
      guildIds: [],
      publicKey: undefined,
      commands: [],
    });
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

describe('interactions by HTTP', () => {
  const url = 'https://bot.test/interactions';
  const set = {
    '/applications/@me': { id: APP_ID, verify_key: KEY, interactions_endpoint_url: url },
  };

  it('are fine where key and address are, in small letters or capitals', async () => {
    const findings = await examine(set, { publicKey: KEY.toUpperCase() });
    expect(troubles(findings)).toEqual([]);
    const said = findings.map(({ about, text }) => `${about}: ${text}`);
    expect(said).toContain('DISCORD_PUBLIC_KEY: is the key of this application');
    expect(said).toContain(
      `endpoint: Discord sends every command and click to ${url}, and nothing over the gateway`,
    );
  });

  it('are nothing without an address, which has yet to be set', async () => {
    const findings = await examine({}, { publicKey: KEY });
    expect(troubles(findings)).toEqual([
      'warning: no Interactions Endpoint URL is set, so Discord sends nothing to this bot',
    ]);
    expect(findings.find(({ about }) => about === 'endpoint')?.advice).toContain(
      'https://…/interactions',
    );
  });

  it('cannot be read with the key of another application', async () => {
    expect(troubles(await examine(set, { publicKey: 'cd'.repeat(32) }))).toEqual([
      'fault: is not the key of the application that DISCORD_TOKEN belongs to',
    ]);
  });
});
