import { Client, Events } from 'discord.js';
import { bareEnvironment } from './bare-environment.ts';

// The fastest honest acknowledgement: every interaction is deferred, and nothing else is done.
const { apiUrl, token } = bareEnvironment();
const client = new Client({ intents: [], rest: { api: apiUrl } });
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.deferReply();
});
await client.login(token);
