/** Why a request is not taken by a model, in English. */
export const refusalEn = {
  title: (model: string) => `**${model} can't make this as asked.** Nothing was sent or charged.`,
  others: (models: string) => `These models accept it unchanged: ${models}`,
  noOthers: 'Change these options and send it again.',
  moreFaults: 'Also not accepted (too many to list).',
  promptEmpty: 'Empty – describe what should happen in the video.',
  promptTooLong: (given: number, max: number) => `Too long: ${given} characters, at most ${max}.`,
  lengthsFromTo: (min: number, max: number) => `${min} to ${max}`,
  duration: (given: number, accepted: string) =>
    `${given} s isn't available; this model offers ${accepted} s.`,
  durationUnreadable: (given: string, accepted: string) =>
    `“${given}” isn't a length in whole seconds; this model offers ${accepted} s.`,
  resolution: (given: string, accepted: string) =>
    `${given} isn't available; this model offers ${accepted}.`,
  ratio: (given: string, accepted: string) =>
    `${given} isn't available; this model offers ${accepted}.`,
  value: {
    frames: (given: string, accepted: string) =>
      `${given} isn't available with frames; this model then offers ${accepted}.`,
    references: (given: string, accepted: string) =>
      `${given} isn't available with references; this model then offers ${accepted}.`,
    text: (given: string, accepted: string) =>
      `${given} isn't available without a picture; this model then offers ${accepted}.`,
  },
  imageNotTaken: 'This model takes no reference pictures.',
  videoNotTaken: 'This model takes no reference videos.',
  audioNotTaken: 'This model takes no reference sounds.',
  framesNotTaken: 'This model takes no first or last frame.',
  assetLibraryOnly:
    'This model takes media only from an asset library, which is switched off here. Use text only.',
  count: (given: number, max: number) => `${given} given; this model takes at most ${max}.`,
  notImage: (given: string) => `Not a picture (${given}).`,
  notVideo: (given: string) => `Not a video (${given}).`,
  notAudio: (given: string) => `Not a sound (${given}).`,
  unknownType: 'unknown type',
  typeAccepted: (given: string, accepted: string) =>
    `${given} isn't accepted; this model takes ${accepted}.`,
  typeRefused: (given: string, refused: string) =>
    `${given} isn't accepted; this model takes no ${refused}.`,
  bytes: (given: string, max: string) => `Too large: ${given}, at most ${max}.`,
  totalBytes: (given: string, max: string) => `Too large together: ${given}, at most ${max}.`,
  seconds: (given: string, min: number, max: number) =>
    `${given} s long; this model takes ${min} to ${max} s.`,
  totalSeconds: (given: number, max: number) => `Too long together: ${given} s, at most ${max} s.`,
  pixels: (given: string, min: number, max: number) =>
    `${given} pixels; width and height must each have ${min} to ${max}. Resize it, or choose another model.`,
  framesWithReferences: 'Use frames or references, not both.',
  lastNeedsFirst: 'This model takes a last frame only together with a first frame.',
  lastNotTaken: 'This model takes a first frame, but no last frame.',
  framesBothNeeded: 'This model needs both a first and a last frame.',
  audioAlone: (needs: string) => `Sound alone isn't accepted; add ${needs}.`,
  audioNeeds: { image: 'a reference picture', video: 'a reference video', frame: 'a frame' },
  audioWithFrames: "This model can't combine sound with frames.",
  switchNotTaken: 'Not available for this model – remove it.',
  webSearchWithMedia: 'Web search works with text only, without attachments.',
};
