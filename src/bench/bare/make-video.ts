import { Client, Events } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { z } from 'zod';
import { bareEnvironment } from './bare-environment.ts';

// What a bot would be that forgets everything: the same requests as ours, from memory.
const { apiUrl, token, providerUrl } = bareEnvironment();
const API = `${providerUrl}/api/open-api/v1`;

const created = z.object({ data: z.object({ task_id: z.string() }) });
const finished = z.object({ data: z.object({ result: z.object({ video_url: z.string() }) }) });

// The library's own pace of 50 requests a second would be what is measured.
const rest = { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY };
const client = new Client({ intents: [], rest });
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void makeVideo(interaction);
});
await client.login(token);

async function makeVideo(interaction: ChatInputCommandInteraction): Promise<void> {
  await interaction.deferReply();
  const prompt = interaction.options.getString('prompt', true);
  const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
  const body = JSON.stringify({ model: 'seedance2.0-sp', prompt, duration: 5 });
  const create = await fetch(`${API}/seedance/videos`, { method: 'POST', headers, body });
  const { task_id: id } = created.parse(await create.json()).data;
  const query = await fetch(`${API}/videos/${id}`, { headers });
  const { video_url: url } = finished.parse(await query.json()).data.result;
  const clip = Buffer.from(await (await fetch(url)).arrayBuffer());
  await interaction.editReply({ content: 'Done', files: [{ attachment: clip, name: 'clip.mp4' }] });
}
