/** Choosing a model. */
export const modelChoiceEn = {
  priceFor: (price: string, seconds: number) => `${price} for ${seconds} s`,
  usually: (range: string) => `usually ${range}`,
  fewSeconds: 'a few seconds',
  seconds: (count: string) => `${count} s`,
  minutes: (count: string) => `${count} min`,
  frames: 'frames',
  images: 'pictures',
  videos: 'videos',
  audio: 'sound',
  unknown: (typed: string, nearest: string) =>
    `There is no \`model\` called “${typed}” here. Closest: **${nearest}**. Choose one from the list that appears while you type, or compare them with \`/models\`.`,
  notGiven:
    '**Choose a model.** You named none, and there is no default here. These accept your request; nothing was sent or charged.',
  noneTakes:
    "**Choose a `model`.** There is no default here, and no model accepts your request unchanged. Name one to see what it doesn't accept; compare them with `/models`.",
  more: (left: number) => `-# … and ${left} more`,
};
