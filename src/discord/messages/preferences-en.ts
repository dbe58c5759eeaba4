/** Texts of `/preferences`, and of what became of preferences, in English. */
export const preferencesEn = {
  command: {
    description: 'Your own defaults for new videos',
    set: 'Set your preferences; they apply in every server',
    show: 'Show your preferences',
    clear: 'Remove one preference, or all of them',
    model: 'Model to use when you name none',
    duration: 'Length in seconds',
    resolution: 'Resolution (depends on the model)',
    ratio: 'Aspect ratio',
    reuse: 'Who may make another video from yours',
    preference: 'Which one; all of them if not given',
    reuseChoices: { me: 'Only me', server: 'Everyone the server allows' },
  },
  saved: '**Saved.** Your preferences for new videos, in every server:',
  cleared: '**Removed.** Your preferences for new videos, in every server:',
  title: '**Your preferences** for new videos, in every server:',
  none: 'none. Set some with `/preferences set`.',
  modelOff: (model: string) => `${model} (not available right now)`,
  hint: "What you type in `/video` takes precedence. A preference that a model doesn't offer is left out, and the video's message says so.",
  nothingGiven: 'Nothing to save: give at least one option.',
  /** `options`: their names in backticks. Part of a task's message, so others read it as well. */
  leftOut: (options: string) =>
    `Preferences left out, as this model doesn't offer them: ${options}`,
  modelLeftOut: "The preferred `model` isn't available here.",
};
