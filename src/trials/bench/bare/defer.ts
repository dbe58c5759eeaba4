import { answerCommands } from './answer-commands.ts';

// The fastest honest acknowledgement: defer every interaction and do nothing else.
await answerCommands(async (interaction) => interaction.deferReply());
