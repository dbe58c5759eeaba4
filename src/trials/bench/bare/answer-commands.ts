import type { ChatInputCommandInteraction } from 'discord.js';
import { answerInteractions } from './answer-interactions.ts';

/** Logs in as the simplest bot would, and answers every command with `answer`. */
export async function answerCommands(
  answer: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): Promise<void> {
  await answerInteractions(async (interaction) => {
    if (interaction.isChatInputCommand()) await answer(interaction);
  });
}
