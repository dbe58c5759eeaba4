/** The line of a task's message with its settings, in English; see `en.ts` for the rules. */
export const taskSettingsEn = {
  frames: (n: number) => (n === 1 ? '1 frame' : `${n} frames`),
  pictures: (n: number) => (n === 1 ? '1 picture' : `${n} pictures`),
  videos: (n: number) => (n === 1 ? '1 video' : `${n} videos`),
  sounds: (n: number) => (n === 1 ? '1 sound' : `${n} sounds`),
  attached: (items: readonly string[]) => items.join(', '),
  /** The price of a video that was not charged. */
  wouldHaveCost: (price: string) => `would have cost ${price}`,
};
