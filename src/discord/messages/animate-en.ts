/** Animating the pictures of a message, in English; see `en.ts` for the rules. */
export const animateEn = {
  /** The command in the menu of messages; at most 32 characters. */
  name: 'Animate',
  title: 'Animate this picture',
  withLast: 'Second picture as last frame',
  noPictures: 'This message has no pictures that can be animated.',
  ownOnly:
    'In this server only pictures in your own messages and in those of the bot can be animated.',
  noModel: 'No available model makes a video of a picture.',
  gone: 'This form can no longer be used. Use **Animate** on the message again.',
};

export type AnimateWords = typeof animateEn;
