/** The question whether a price is accepted, in English; see `en.ts` for the rules of all texts. */
export const confirmEn = {
  changed: (was: string) =>
    `The price has changed since it was shown (**${was}**), so nothing was made. The old button no longer works.`,
  question: (model: string, price: string) =>
    `**${model}** will cost **${price}**. Nothing is charged until you confirm; the button works once, for 10 minutes.`,
  button: 'Make this video',
  /** Makes the video at a lower resolution. */
  cheaper: (resolution: string, price: string) => `${resolution} instead · ${price}`,
  /** What is left of a limit before this video. */
  left: (amount: string, limit: string) => `${amount} left (limit: ${limit})`,
  more: (count: number) => (count === 1 ? '… and 1 more limit' : `… and ${count} more limits`),
  /** What became of the question, in its place. */
  made: (model: string, link: string) => `Confirmed: **${model}** → ${link}`,
  madeSomewhere: (model: string) => `Confirmed: your video with **${model}** is being made.`,
  askedAgain: 'The price has changed. A new answer shows the new one and asks again.',
  expired: 'This price was valid for 10 minutes. Nothing was charged. Send `/video` again.',
};
