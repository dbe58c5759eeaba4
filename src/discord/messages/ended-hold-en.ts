/**
 * The texts of a task that ended held, after its hold was resolved: without the part about what is
 * still to be done.
 */
export const endedHoldEn = {
  outcomeUnknown: (provider: string) =>
    `No answer came that says whether ${provider} took the request, and it was **not sent again**.`,
  givenUp: (provider: string) => `${provider} did not finish in time, so the bot stopped waiting.`,
  unknownToProvider: (provider: string) => `${provider} no longer knew this task.`,
  routeRemoved: 'The model of this task was turned off while it was under way.',
  restored: (provider: string) =>
    `The bot's database was restored from a copy, so it was not certain whether ${provider} had made and charged this video, and it was **not sent again**.`,
  failed: 'The provider could not make the video.',
};
