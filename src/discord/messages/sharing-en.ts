/** Texts of the settings for what members share and for the server's default model, in English. */
export const sharingEn = {
  /** The values of options with fixed values. */
  choices: {
    reuse: { everyone: 'everyone', caller: 'only the member who made the video' },
    animate: { own: "one's own messages and the bot's", everyone: "everyone's messages" },
    assets: { admins: 'only admins', everyone: 'every member' },
  },
  /** What such a value means. */
  is: {
    reuse: {
      everyone: "Everyone can make a new video from another member's, and can read its prompt.",
      caller: 'Only the member who made a video can make a new one from it.',
    },
    animate: {
      own: "Members can animate pictures in their own messages and the bot's.",
      everyone: "Members can animate pictures in everyone's messages.",
    },
    assets: {
      admins: 'Only admins can add named pictures, clips and sounds.',
      everyone: 'Every member can add named pictures, clips and sounds.',
    },
  },
  isDefault: (model: string) => `Default model: **${model}**.`,
  noDefault: 'No default model: members choose one each time.',
  defaultNotAllowed: "It isn't on the list of allowed models, so it can't be used until it is.",
  modelUnknown: 'Not an available model. Choose one from the suggestions',
  gallery: {
    share: (channel: string) => `Gallery: ${channel} (videos that members share).`,
    all: (channel: string) =>
      `Gallery: ${channel} (shared videos, and every video made in a channel that everyone can see).`,
  },
  galleryModes: {
    share: 'only what members share',
    all: 'also every video from channels that everyone can see',
    off: 'no gallery',
  },
  noGallery: 'No gallery.',
  noticesPublic: (channel: string) =>
    `**Everyone in this server can read ${channel}.** Notices name members and amounts; choose a channel that only admins can read.`,
};

export type SharingWords = typeof sharingEn;
