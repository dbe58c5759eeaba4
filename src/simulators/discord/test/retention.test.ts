import { expect, it, onTestFinished } from 'vitest';
import type { SimulatedDiscord, SimulatedDiscordOptions } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

async function start(options: SimulatedDiscordOptions): Promise<SimulatedDiscord> {
  const discord = await startSimulatedDiscord({ backstopMs: 200, ...options });
  onTestFinished(async () => discord.close());
  return discord;
}

const COMMANDS = [
  {
    name: 'quota',
    description: 'd',
    options: [{ type: 1, name: 'set', description: 'd' }],
  },
];

it('drops the oldest messages, interactions and requests with `keep`', async () => {
  const discord = await start({ keep: { items: 3, fileBytes: 1000 } });
  const rest = createRest(discord);
  await rest.call('PUT', rest.commands, COMMANDS);
  const ada = discord.member();
  const said = ['1', '2', '3', '4'].map((text) => ada.say(discord.channelId, text));
  for (let time = 0; time < 4; time += 1) await ada.slash(discord.channelId, 'quota set');
  for (let time = 0; time < 4; time += 1) await rest.call('GET', '/gateway/bot');
  expect(discord.messages().map(({ content }) => content)).toEqual(['2', '3', '4']);
  expect(discord.message(said[0]?.id ?? '')).toBeNull();
  expect(discord.interactions).toHaveLength(3);
  expect(discord.requests).toHaveLength(3);
});

it('drops the oldest files above `fileBytes`', async () => {
  const discord = await start({ keep: { items: 100, fileBytes: 1000 } });
  const rest = createRest(discord);
  const path = `/channels/${discord.channelId}/messages`;
  for (let time = 0; time < 3; time += 1) {
    await rest.call('POST', path, {}, { files: [{ name: `${time}.mp4`, bytes: 400 }] });
  }
  const [first, second, third] = discord.messages().flatMap(({ attachments }) => attachments);
  const sizes = [first, second, third].map(
    (file) => discord.attachmentBytes(file?.id ?? '')?.byteLength,
  );
  expect(sizes).toEqual([undefined, 400, 400]);
  expect((await fetch(first?.url ?? '')).status).toBe(404);
  expect((await fetch(third?.url ?? '')).status).toBe(200);
});

it('reports the command of a message and who sees it', async () => {
  const discord = await start({});
  const rest = createRest(discord);
  await rest.call('PUT', rest.commands, COMMANDS);
  const ada = discord.member({ username: 'Ada' });
  const call = await ada.slash(discord.channelId, 'quota set');
  await rest.call('POST', `/interactions/${call.id}/${call.token}/callback`, {
    type: 4,
    data: { content: 'Set', flags: 64 },
  });
  const id = call.message()?.id ?? '';
  expect(discord.facts(id)).toEqual({
    guildId: discord.guildId,
    ephemeralFor: ada.id,
    command: { type: 1, name: 'quota set', userId: ada.id },
    editedAt: undefined,
    mentionedUsers: [],
    mentionedRoles: [],
  });
  expect(discord.facts(ada.say(discord.channelId, 'Hi').id)).toMatchObject({
    ephemeralFor: undefined,
    command: undefined,
  });
});

it('returns the same address of a file for a while, and a new one before that expires', async () => {
  const discord = await start({});
  const rest = createRest(discord);
  const path = `/channels/${discord.channelId}/messages`;
  await rest.call('POST', path, {}, { files: [{ name: 'clip.mp4' }] });
  const addressNow = (): string => discord.messages()[0]?.attachments[0]?.url ?? '';
  const first = addressNow();
  discord.advance(60_000);
  expect(addressNow()).toBe(first);
  discord.advance(20 * 3_600_000);
  const later = addressNow();
  expect(later).not.toBe(first);
  discord.advance(20 * 3_600_000);
  expect((await fetch(first)).status).toBe(404);
  expect((await fetch(later)).status).toBe(200);
});
