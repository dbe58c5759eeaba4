import { createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client, Events } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { z } from 'zod';
import { bareEnvironment } from './bare-environment.ts';

// The simplest way that holds no clip in memory: downloaded to a file, and uploaded from it.
const { apiUrl, token, providerUrl } = bareEnvironment();
const API = `${providerUrl}/api/open-api/v1`;

const created = z.object({ data: z.object({ task_id: z.string() }) });
const finished = z.object({ data: z.object({ result: z.object({ video_url: z.string() }) }) });

// The library's own pace of 50 requests a second would be what is measured.
const rest = { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY };
const client = new Client({ intents: [], rest });
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void carry(interaction);
});
await client.login(token);

async function carry(interaction: ChatInputCommandInteraction): Promise<void> {
  await interaction.deferReply();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ prompt: interaction.options.getString('prompt', true) });
  const create = await fetch(`${API}/seedance/videos`, { method: 'POST', headers, body });
  const { task_id: id } = created.parse(await create.json()).data;
  const query = await fetch(`${API}/videos/${id}`);
  const { video_url: url } = finished.parse(await query.json()).data.result;
  const path = `${interaction.id}.mp4`;
  const result = await fetch(url);
  if (result.body === null) throw new Error('no clip');
  await pipeline(Readable.fromWeb(result.body), createWriteStream(path));
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ attachments: [{ id: 0, filename: 'clip.mp4' }] }));
  form.set('files[0]', await openAsBlob(path, { type: 'video/mp4' }), 'clip.mp4');
  const edit = `${apiUrl}/v10/webhooks/${interaction.applicationId}/${interaction.token}/messages/@original`;
  await fetch(edit, { method: 'PATCH', body: form });
  await rm(path);
}
