/** Media that go into a provider's own library. */
export const libraryEn = {
  preparing: (provider: string) => `Preparing the attachments in ${provider}'s library`,
  /** `advice`: what the refusal means and what to do. */
  unusable: (provider: string, option: string, why: string, advice: string) =>
    `${provider}'s library can't use \`${option}\`: ${why}. **Nothing was charged for the video.**\n${advice}`,
  /** Follows a finished video. */
  assumedReferences: (amount: string) =>
    `probably charged ${amount}: the provider doesn't say whether it charges for reference videos`,
  why: {
    refused: 'it refused the file',
    failed: "the file didn't pass its review",
    'never-there': 'it lost the file after the upload',
    'mixed-up': 'it mixed the file up with another one',
    'too-slow': "the file wasn't ready within 10 minutes",
    unanswered: 'it never confirmed the upload',
    off: 'the bot no longer uses it',
  },
  advice: {
    failed: 'Use another file or another model.',
    'never-there': 'Send it again, or use another file.',
    'mixed-up': 'Try again later or choose another model.',
    'too-slow': 'Try again later or choose another model.',
    unanswered: 'Try again later or choose another model.',
    off: 'Choose another model.',
  },
};
export type LibraryMessages = typeof libraryEn;
