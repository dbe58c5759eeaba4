import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { checkChannel } from '../../src/doctor/check-channel.ts';
import { BOT_ID, CHANNEL_ID, GUILD_ID, readerOf } from './discord-world.ts';
import type { DiscordWorld } from './discord-world.ts';

const {
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  AttachFiles,
  EmbedLinks,
  ReadMessageHistory,
} = PermissionFlagsBits;
const NEEDED = ViewChannel | SendMessages | AttachFiles | EmbedLinks | ReadMessageHistory;
const PARENT_ID = '130000000000000009';

const channel = (changes: object = {}) => ({
  id: CHANNEL_ID,
  type: 0,
  guild_id: GUILD_ID,
  permission_overwrites: [],
  ...changes,
});
const guild = (everyone: bigint) => ({
  owner_id: '1',
  roles: [{ id: GUILD_ID, permissions: String(everyone) }],
});

async function examine(everyone: bigint, changes: DiscordWorld = {}) {
  const ask = readerOf({
    [`/channels/${CHANNEL_ID}`]: channel(),
    [`/guilds/${GUILD_ID}`]: guild(everyone),
    [`/guilds/${GUILD_ID}/members/${BOT_ID}`]: { roles: [] },
    ...changes,
  });
  return checkChannel(ask, CHANNEL_ID, BOT_ID);
}

describe('a channel', () => {
  it('is fine where the bot may do all it needs', async () => {
    expect((await examine(NEEDED)).level).toBe('ok');
  });

  it.each([
    ['View Channel', ViewChannel],
    ['Send Messages', SendMessages],
    ['Attach Files', AttachFiles],
    ['Embed Links', EmbedLinks],
    ['Read Message History', ReadMessageHistory],
  ])('lacks %s by its name', async (name, bit) => {
    const finding = await examine(NEEDED & ~bit);
    expect(finding.level).toBe('fault');
    expect(finding.text).toContain(`the bot lacks ${name}:`);
  });

  it('counts what the channel denies', async () => {
    const overwrites = [{ id: BOT_ID, type: 1, allow: '0', deny: String(AttachFiles) }];
    const finding = await examine(NEEDED, {
      [`/channels/${CHANNEL_ID}`]: channel({ permission_overwrites: overwrites }),
    });
    expect(finding.text).toContain('lacks Attach Files:');
  });

  it('has, as a thread, the rules of the channel above and a permission of its own', async () => {
    const above = channel({
      id: PARENT_ID,
      permission_overwrites: [{ id: GUILD_ID, allow: '0', deny: String(EmbedLinks) }],
    });
    const finding = await examine(NEEDED, {
      [`/channels/${CHANNEL_ID}`]: { ...channel({ type: 11 }), parent_id: PARENT_ID },
      [`/channels/${PARENT_ID}`]: above,
    });
    expect(finding.text).toContain('lacks Embed Links, Send Messages in Threads:');
    const thread = { ...channel({ type: 11 }), parent_id: PARENT_ID };
    const fine = await examine((NEEDED & ~SendMessages) | SendMessagesInThreads, {
      [`/channels/${CHANNEL_ID}`]: thread,
      [`/channels/${PARENT_ID}`]: channel({ id: PARENT_ID }),
    });
    expect(fine.level).toBe('ok');
  });

  it.each([
    [403, 'fault', 'may not see it'],
    [404, 'fault', 'does not exist'],
    [500, 'warning', 'does not tell of it now'],
  ])('that answers HTTP %i is a %s', async (status, level, text) => {
    const finding = await examine(NEEDED, { [`/channels/${CHANNEL_ID}`]: status });
    expect(finding.level).toBe(level);
    expect(finding.text).toContain(text);
  });

  it('is not called fine where the roles cannot be read', async () => {
    const finding = await examine(NEEDED, { [`/guilds/${GUILD_ID}`]: 500 });
    expect(finding.level).toBe('warning');
  });
});
