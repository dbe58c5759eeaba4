/** A server's named pictures, clips and sounds, in English. */
export const namedAssetsEn = {
  command: {
    description: 'Named pictures, videos and sounds that prompts can use',
    add: 'Give a file a name, to be used as {name} in prompts',
    list: 'All named files of this server',
    show: 'Details of a named file',
    remove: 'Remove a name and its file',
    name: '2 to 32 characters: a–z first, then a–z, 0–9, - and _',
    kind: 'What the file is',
    file: 'The picture, video or sound',
    person: 'It is the portrait of a real person; the provider reviews it',
  },
  kinds: { image: 'picture', video: 'video', audio: 'sound' },
  needsAdmin: 'You need **Manage Server** to add or remove named files here.',
  badName: 'Not a valid name. Use 2 to 32 characters: a–z first, then a–z, 0–9, `-` and `_`.',
  wrongKind: (given: string) => `The file doesn't fit \`kind\`: ${given}`,
  personIsPicture: 'A portrait of a real person must be a picture.',
  /** `reasons`: a line for each provider. */
  unfitAll: (reasons: string) => `This file can't be used:\n${reasons}`,
  /** Follows `added`. */
  unfitSome: (reasons: string) => `Not uploaded everywhere:\n${reasons}`,
  unfitAt: (provider: string, reasons: string) => `- ${provider}: ${reasons}`,
  unfitReasons: (reasons: readonly string[]) => reasons.join('; '),
  unfit: {
    type: (given: string, accepted: string) => `${given} isn't accepted, only ${accepted}`,
    bytes: (given: string, max: string) => `too large (${given}, at most ${max})`,
    seconds: (given: number, min: number, max: number) =>
      `${given} s long, must be ${min} to ${max} s`,
    pixels: (given: string, min: number, max: number) =>
      `${given} pixels, width and height must each have ${min} to ${max}`,
    aspect: (given: string, min: number, max: number) =>
      `${given} pixels, the width must be ${min} to ${max} times the height`,
  },
  added: (name: string, providers: string) =>
    `**${name}** is being uploaded to ${providers}. Use it as \`{${name}}\` once \`/asset show\` says that it is ready.`,
  taken: (name: string) =>
    `**${name}** already exists. Remove it first with \`/asset remove\`, or choose another name.`,
  full: (max: number) =>
    `This server has ${max} named files, the most there can be. Remove one first.`,
  wordInName:
    "This name contains a word that this server's admins don't allow. Choose another one.",
  noLibrary: 'None of the providers that are on keeps named files.',
  noPersons: 'None of the providers that are on reviews portraits of real people.',
  none: 'No named files yet. Add one with `/asset add`.',
  unknown: (name: string) => `There is no file named **${name}**. See \`/asset list\`.`,
  removed: (name: string) =>
    `**${name}** is removed. It's deleted at the provider when no video uses it any more, if the provider can delete it.`,
  title: (count: number, max: number) => `**Named files** (${count} of ${max})`,
  line: (name: string, kind: string, states: string) => `- \`{${name}}\` · ${kind} · ${states}`,
  more: (count: number) => `… and ${count} more, in the file below`,
  /** One line for each library. */
  place: (provider: string, state: string) => `${provider}: ${state}`,
  person: 'portrait of a real person',
  addedBy: (member: string, when: string) => `Added by ${member} ${when}`,
  places: {
    usable: 'ready',
    preparing: 'being prepared',
    failed: "can't be used",
    lost: 'lost',
  },
  uploadAnew: (name: string) =>
    `The provider no longer has it, for example because its API key was changed. Upload it again: \`/asset add name:${name}\`.`,
  /** One line for a library that does not have it. */
  placeFailed: (provider: string, why: string) => `${provider}: can't be used – ${why}`,
  why: {
    refused: 'the file was refused',
    failed: "the file didn't pass its review",
    'never-there': 'the file was lost after the upload',
    'mixed-up': 'the provider mixed the file up with another one',
    'too-slow': 'its review took too long',
    unanswered: 'the upload was never confirmed',
    unread: "the file couldn't be read from Discord",
  },
  tryAnother: 'Remove it with `/asset remove` and try another file.',
  asPerson: 'If it is the portrait of a real person, add it with `person:True`.',
  /** In `/usage show`. */
  uploads: (kind: string, provider: string) => `${provider} uploads (${kind})`,
  /** A video's message: between its request and its turn the file went. */
  gone: (name: string) =>
    `The file \`{${name}}\` is not available any more. **Nothing was charged.** Send it again without the name, or once it was added again with \`/asset add\`.`,
  refused: {
    'names-unknown': (names: string) => `There is no file named ${names}.`,
    'names-not-taken': (names: string) => `This model can't use named files: ${names}.`,
    'names-without-room': (names: string) => `There are too many references to add ${names}.`,
    'names-elsewhere': (names: string) =>
      `This model's provider doesn't have ${names}; \`/asset show\` says who does.`,
    'names-preparing': (names: string) =>
      `Not ready yet: ${names}. \`/asset show\` says when that changes.`,
    'names-failed': (names: string) =>
      `This model's provider can't use ${names}; \`/asset show\` says why.`,
    'names-lost': (names: string) =>
      `This model's provider no longer has ${names}. Upload again with \`/asset add\`.`,
  },
  asWords: (example: string) => `To write it as plain words, use ${example}.`,
};

export type NamedAssetsWords = typeof namedAssetsEn;
