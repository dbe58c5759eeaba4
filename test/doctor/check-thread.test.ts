import { describe, expect, it } from 'vitest';
import { PermissionFlagsBits } from '../../src/discord/discord-js.ts';
import { checkChannel } from '../../src/doctor/check-channel.ts';
import { BOT_ID, CHANNEL_ID, GUILD_ID, readerOf } from './discord-world.ts';

const {
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  AttachFiles,
  EmbedLinks,
  ReadMessageHistory,
} = PermissionFlagsBits;
const NEEDED = ViewChannel | AttachFiles | EmbedLinks | ReadMessageHistory;
const PARENT_ID = '130000000000000009';

/** Answers are scripted: the simulated Discord has no threads. */
async function examine(everyone: bigint, overwrites: object[] = []) {
  const channel = { id: CHANNEL_ID, type: 11, guild_id: GUILD_ID, parent_id: PARENT_ID };
  const ask = readerOf({
    [`/channels/${CHANNEL_ID}`]: channel,
    [`/channels/${PARENT_ID}`]: {
      id: PARENT_ID,
      type: 0,
      guild_id: GUILD_ID,
      permission_overwrites: overwrites,
    },
    [`/guilds/${GUILD_ID}`]: {
      owner_id: '1',
      roles: [{ id: GUILD_ID, permissions: String(everyone) }],
    },
    [`/guilds/${GUILD_ID}/members/${BOT_ID}`]: { roles: [] },
  });
  return checkChannel(ask, CHANNEL_ID, BOT_ID);
}

describe('a thread', () => {
  it('has the overwrites of its parent channel and its own permission', async () => {
    const overwrites = [{ id: GUILD_ID, allow: '0', deny: String(EmbedLinks) }];
    const finding = await examine(NEEDED | SendMessages, overwrites);
    expect(finding.text).toContain('lacks Embed Links, Send Messages in Threads:');
    expect((await examine(NEEDED | SendMessagesInThreads)).level).toBe('ok');
  });
});
