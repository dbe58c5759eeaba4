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
  autoNone:
    '**No model here accepts your request unchanged**, so `auto` has none to choose. Nothing was sent or charged. The closest one:',
  auto: {
    title: 'auto · the cheapest model that accepts your request',
    now: (model: string) => `now ${model}`,
    line: '`/video model:auto` takes the cheapest model that accepts your request, and at the same price the one that is usually quicker.',
    lineNow: (model: string) => `For a short clip that is now ${model}.`,
    next: 'If its provider is too busy, cannot be reached, or refuses the request for a reason other than its content, the next one is tried, at no higher price. A request that may have been accepted is never sent again.',
    chosen: {
      only: () => 'Chosen by `auto`: the only model available now that accepts this',
      price: (of: number) => `Chosen by \`auto\`: the cheapest of ${of} models that accept this`,
      time: (of: number) =>
        `Chosen by \`auto\`: usually the quickest of the ${of} cheapest models that accept this`,
      order: (of: number) =>
        `Chosen by \`auto\`: the first of the ${of} cheapest models that accept this`,
    },
    unpriced: {
      only: () => 'Chosen by `auto`: the only model available now that accepts this',
      price: (of: number) =>
        `Chosen by \`auto\`: the first of ${of} models that accept this; no price is known`,
      time: (of: number) =>
        `Chosen by \`auto\`: usually the quickest of ${of} models that accept this; no price is known`,
      order: (of: number) =>
        `Chosen by \`auto\`: the first of ${of} models that accept this; no price is known`,
    },
    instead: {
      busy: (before: string) => `Chosen by \`auto\` instead of ${before}, which was too busy`,
      unreachable: (before: string) =>
        `Chosen by \`auto\` instead of ${before}, which could not be reached`,
      'wrong-address': (before: string) =>
        `Chosen by \`auto\` instead of ${before}, which could not be reached`,
      refused: (before: string) =>
        `Chosen by \`auto\` instead of ${before}, which did not take this request`,
      paused: (before: string) =>
        `Chosen by \`auto\` instead of ${before}, which is not available right now`,
    },
  },
  more: (left: number) => `-# … and ${left} more`,
};
