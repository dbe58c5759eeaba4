import { APPLICATION_ID, BOT_USER_ID } from './interaction.ts';

/** The file of a message, which a bot looks for in the answer to its upload. */
const ATTACHMENT = {
  id: '1',
  filename: 'video.mp4',
  size: 50_000,
  url: 'https://cdn.test/video.mp4',
  proxy_url: 'https://cdn.test/video.mp4',
  content_type: 'video/mp4',
};

/** The fields that discord.js needs to build a message of the bot. */
export function messageData(id: string, hasFile: boolean) {
  return {
    id,
    type: 0,
    channel_id: APPLICATION_ID,
    content: '',
    author: { id: BOT_USER_ID, username: 'Clapper', discriminator: '0', avatar: null },
    timestamp: '2026-01-01T00:00:00.000000+00:00',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: hasFile ? [ATTACHMENT] : [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0,
  };
}
