/** Texts of `/models`, in English. */
export const modelsEn = {
  details: 'Details of a model',
  all: 'All models',
  hint: 'Details of any model: `/models model:…`',
  length: (range: string, standard: number) => `Length: ${range} s (default ${standard})`,
  size: (sizes: string, standard: string) => `Resolution: ${sizes} (default ${standard})`,
  fixedSize: (size: string) => `Resolution: always ${size}`,
  ratios: (ratios: string) => `Aspect ratio: ${ratios}`,
  standardRatio: (ratio: string) => ` (default ${ratio})`,
  framesAny: 'Frames: `first_frame`, `last_frame`, or both',
  framesFirst: 'Frames: `first_frame`, optionally with `last_frame`',
  framesPair: 'Frames: both `first_frame` and `last_frame`',
  framesNone: 'Frames: none',
  references: (list: string) => `References: ${list}`,
  noReferences: 'References: none',
  framesOrReferences: "Frames and reference pictures can't be combined",
  framesOrAnyReferences: "Frames and references can't be combined",
  price: (price: string) => `Price: ${price}`,
  priceUnknown: (unit: string) => `${unit}, price unknown`,
  resultKept: (hours: number) => `The provider keeps the video for ${hours} hours`,
  resultKeptAbout: (days: number) => `The provider keeps the video for about ${days} days`,
  editsVideos:
    'To edit or extend a video: attach it as `video1` and say in the prompt what should change, or how it goes on',
  promptAdvice: (chinese: string, english: string) =>
    `Prompt: the provider advises at most ${english} English words or ${chinese} Chinese characters`,
  chineseTitle: (name: string) => `In the provider's Chinese documents: ${name}`,
  none: 'No model is available: the operator has to set a provider key.',
};
