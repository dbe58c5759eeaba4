import { answerCommands } from './answer-commands.ts';

// The fastest honest acknowledgement: every interaction is deferred, and nothing else is done.
await answerCommands(async (interaction) => interaction.deferReply());
