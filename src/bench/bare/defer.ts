import { Client, Events } from 'discord.js';
import { bareEnvironment } from './bare-environment.ts';

// The fastest honest acknowledgement: every interaction is deferred, and nothing else is done.
const { apiUrl, token } = bareEnvironment();
// The library's own pace of 50 requests a second would be what is measured.
const rest = { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY };
const client = new Client({ intents: [], rest });
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.deferReply();
});
await client.login(token);
