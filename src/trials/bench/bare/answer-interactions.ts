import { Client, Events } from 'discord.js';
import type { Interaction } from 'discord.js';
import { bareEnvironment } from './bare-environment.ts';

/** Logs in as the simplest bot would, and answers every interaction with `answer`. */
export async function answerInteractions(
  answer: (interaction: Interaction) => Promise<unknown>,
): Promise<void> {
  const { apiUrl, token } = bareEnvironment();
  // Otherwise the library's limit of 50 requests a second would be measured.
  const rest = { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY };
  const client = new Client({ intents: [], rest });
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  await client.login(token);
}
