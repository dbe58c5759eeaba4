import { answerInteractions } from './answer-interactions.ts';

// The fastest honest acknowledgement: defer every interaction and do nothing else. What is typed
// cannot be deferred, so nothing is suggested.
await answerInteractions(async (interaction) =>
  interaction.isAutocomplete() ? interaction.respond([]) : interaction.deferReply(),
);
