const MIB = 1024 * 1024;

/** Discord's limits: lengths in characters, counts in items, `…Bytes` in bytes. */
export const LIMITS = {
  content: 2000,
  embeds: 10,
  embed: {
    total: 6000,
    title: 256,
    description: 4096,
    fields: 25,
    fieldName: 256,
    fieldValue: 1024,
    footer: 2048,
    author: 256,
    color: 0xff_ff_ff,
  },
  attachments: 10,
  attachmentDescription: 1024,
  attachmentBytes: 20 * MIB,
  customId: 100,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  buttonUrl: 512,
  select: { options: 25, text: 100, placeholder: 150, values: 25 },
  v2: {
    components: 40,
    text: 4000,
    sectionTexts: 3,
    galleryItems: 10,
    mediaDescription: 1024,
    mediaUrl: 2048,
  },
  command: {
    name: 32,
    description: 100,
    options: 25,
    choices: 25,
    choiceName: 100,
    choiceValue: 100,
    optionLength: 6000,
    total: 8000,
    chatInput: 100,
    user: 15,
    message: 15,
    fileTypes: 10,
  },
  modal: {
    title: 45,
    components: 5,
    label: 45,
    labelDescription: 100,
    textInput: 4000,
    placeholder: 100,
    files: 10,
    fileTypes: 10,
    /** Fewest options of a radio group, and most of it or a checkbox group. */
    radioOptions: 2,
    groupOptions: 10,
  },
  autocomplete: 25,
  nonce: 25,
  mentions: 100,
  followUpsOfUserInstall: 5,
  /** Answers 401, 403 and 429 in ten minutes, after which the address is banned. */
  invalidRequests: 10_000,
} as const;

/** Discord's time limits in milliseconds. */
export const TIME_LIMITS = {
  acknowledgeMs: 3_000,
  tokenMs: 15 * 60_000,
  nonceMs: 3 * 60_000,
  resumeMs: 5 * 60_000,
  cdnMs: 24 * 3_600_000,
  invalidRequestsMs: 10 * 60_000,
  banMs: 3_600_000,
} as const;

/** Discord's message flags. */
export const FLAGS = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  silent: 1 << 12,
  hasSnapshot: 1 << 14,
  componentsV2: 1 << 15,
} as const;
