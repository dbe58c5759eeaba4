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
  added: (name: string, providers: string) =>
    `**${name}** is being uploaded to ${providers}. Use it as \`{${name}}\` once \`/asset show\` says that it is ready.`,
  taken: (name: string) =>
    `**${name}** already exists. Remove it first with \`/asset remove\`, or choose another name.`,
  full: (max: number) =>
    `This server has ${max} named files, the most there can be. Remove one first.`,
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
    failed: 'not accepted',
    lost: 'lost',
  },
  uploadAnew: (name: string) =>
    `The provider no longer has it, for example because its API key was changed. Upload it again: \`/asset add name:${name}\`.`,
  tryAnother: 'Remove it and try another file.',
  refused: {
    'names-unknown': (names: string) => `There is no file named ${names}.`,
    'names-not-taken': (names: string) => `This model can't use named files: ${names}.`,
    'names-without-room': (names: string) => `There are too many references to add ${names}.`,
    'names-elsewhere': (names: string) => `This model's provider doesn't have ${names}.`,
    'names-preparing': (names: string) =>
      `${names} isn't ready yet; \`/asset show\` says when it is.`,
    'names-failed': (names: string) => `The provider didn't accept ${names}.`,
    'names-lost': (names: string) =>
      `The provider no longer has ${names}; it has to be uploaded again with \`/asset add\`.`,
  },
  asWords: (example: string) => `To write it as plain words, use ${example}.`,
};

export type NamedAssetsWords = typeof namedAssetsEn;
