import { createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answerCommands } from './answer-commands.ts';
import { bareEnvironment } from './bare-environment.ts';
import { orderVideo } from './order-video.ts';

// The simplest delivery that keeps no clip in memory: download to a file, upload from it.
const { apiUrl, providerUrl } = bareEnvironment();

await answerCommands(async (interaction) => {
  await interaction.deferReply();
  const url = await orderVideo(providerUrl, interaction.options.getString('prompt', true));
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
});
