/**
 * The texts of a task that ended held, after its hold was resolved: without the part about what is
 * still to be done.
 */
export const endedHoldEn = {
  outcomeUnknown: (provider: string) =>
    `${provider} never confirmed the request, and it was **not sent again**.`,
  givenUp: (provider: string) => `${provider} didn't finish in time, so the bot stopped waiting.`,
  unknownToProvider: (provider: string) => `${provider} no longer knew this video.`,
  routeRemoved: 'The model was turned off while this video was being made.',
  restored: (provider: string) =>
    `The bot's database was restored from a backup, so it was not certain whether ${provider} had made and charged this video, and it was **not sent again**.`,
  failed: "The provider couldn't make the video.",
};
