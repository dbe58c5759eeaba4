import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkChannel } from '../../src/doctor/check-channel.ts';
import { createDiscordReader } from '../../src/discord/reader/discord-reader.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { SimulatedDiscord } from '../../src/simulators/discord/api.ts';
import { startSimulatedDiscord } from '../../src/simulators/discord/start.ts';
import type { BotPermissions } from '../../src/simulators/discord/world/model.ts';

let discord: SimulatedDiscord;
beforeEach(async () => {
  discord = await startSimulatedDiscord();
});
afterEach(async () => discord.close());

async function examine(channelId = discord.channelId): Promise<Finding> {
  const { apiUrl, token, botUserId } = discord;
  return checkChannel(createDiscordReader({ apiUrl, token, now: Date.now }), channelId, botUserId);
}

describe('a channel', () => {
  it('is fine if the bot has the permissions it needs', async () => {
    expect((await examine()).level).toBe('ok');
  });

  it.each<[string, keyof BotPermissions]>([
    ['Send Messages', 'send'],
    ['Attach Files', 'attach'],
    ['Embed Links', 'embed'],
    ['Read Message History', 'history'],
  ])('lacks %s by its name', async (name, permission) => {
    discord.world.setBotPermissions(discord.channelId, { [permission]: false });
    const finding = await examine();
    expect(finding.level).toBe('fault');
    expect(finding.text).toContain(`the bot lacks ${name}:`);
  });

  it('that the bot cannot see, or whose server removed it, is a fault with what to do', async () => {
    const hidden = await examine(discord.hiddenChannelId);
    discord.world.setBotMembership(discord.guildId, false);
    for (const finding of [hidden, await examine()]) {
      expect(finding.level).toBe('fault');
      expect(finding.text).toContain('cannot see it');
      expect(finding.advice).toContain('invite the bot');
    }
  });

  it('that was deleted is a fault', async () => {
    discord.world.deleteChannel(discord.channelId);
    expect(await examine()).toMatchObject({
      level: 'fault',
      text: 'Discord knows no channel with this id',
    });
  });

  it.each(['/channels/:channel', '/guilds/:guild', '/guilds/:guild/members/:member'])(
    'is not called fine if %s fails',
    async (route) => {
      const action = { kind: 'answer', at: 'before-effect', status: 500, body: 'no' } as const;
      discord.faults.add({ route, action });
      expect((await examine()).level).toBe('warning');
    },
  );

  it.each([[null], ['[]'], ['{"id":"1","type":0,"guild_id":"2","permission_overwrites":[{}]}']])(
    'is not called fine after the answer %s',
    async (body) => {
      const action = { kind: 'answer', at: 'before-effect', status: 200, body } as const;
      discord.faults.add({ route: '/channels/:channel', action });
      expect((await examine()).level).toBe('warning');
    },
  );
});
