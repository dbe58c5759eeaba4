/** Why a limit refuses a video, in English; see `en.ts` for the rules of all texts. */
export const quotaRefusalEn = {
  windows: { day: 'Daily', week: 'Weekly', month: 'Monthly', total: 'Total' },
  measures: { videos: 'videos', seconds: 'seconds', cost: 'cost' },
  name: (window: string, _measure: string) => `${window} limit`,
  subjects: {
    guild: (name: string) => `${name} of this server`,
    everyone: (name: string) => `${name} for everyone`,
    role: (name: string, role: string) => `${name} for ${role}`,
    member: (name: string, member: string) => `${name} for ${member}`,
  },
  /** What is used of a limit. */
  figures: {
    videos: (used: string, limit: string) =>
      `${used} of ${limit} ${limit === '1' ? 'video' : 'videos'}`,
    seconds: (used: string, limit: string) =>
      `${used} of ${limit} ${limit === '1' ? 'second' : 'seconds'}`,
    cost: (used: string, limit: string) => `${used} of ${limit}`,
  },
  reached: (limit: string, figures: string, need: string) =>
    `**${limit} reached** (${figures}); this needs ${need}.`,
  tooLittleLeft: (limit: string, figures: string, need: string) =>
    `**${limit} doesn't leave enough** (${figures} used); this needs ${need}.`,
  zero: (limit: string, used: string, need: string) =>
    `**${limit} is 0**, so videos aren't allowed. Used: ${used}; this needs ${need}.`,
  unknownNeed: 'an unknown amount',
  priceUnknown: (limit: string, figures: string) =>
    `**${limit} counts cost** (${figures} used), and the price of this video is unknown.`,
  knownPrice: 'Choose a model with a known price (`/models`).',
  resets: (when: string) => `Resets ${when}.`,
  resetsInVain: (when: string) => `Resets ${when}, but videos stay blocked after that too.`,
  noReset: "It doesn't reset.",
  notSent: 'Nothing was sent or charged.',
};
