import { Client, Events } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { bareEnvironment } from './bare-environment.ts';

/** Logs in as the plainest bot would, and answers every command by this. */
export async function answerCommands(
  answer: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): Promise<void> {
  const { apiUrl, token } = bareEnvironment();
  // The library's own pace of 50 requests a second would be what is measured.
  const rest = { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY };
  const client = new Client({ intents: [], rest });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void answer(interaction);
  });
  await client.login(token);
}
