/** Texts of `/privacy`, in English. */
export const privacyEn = {
  kept: (tasks: number, lines: number, days: number) =>
    [
      `**Stored about you:** ${tasks} videos with their prompts and the links of their attachments (encrypted, deleted ${days} days after the videos end), and ${lines} lines in the servers' journals: time, model, length, resolution, cost (400 days, no prompt, no media).`,
      'Sent to the provider of the model you choose: the prompt and the links of the attachments.',
      'Not stored: the pictures, videos and sounds themselves, your name, your other messages.',
      "`/privacy export` gives you all of it as a file; `/privacy delete` deletes it. Usage totals, blocks and unconfirmed charges stay, so deleting can't be used to get around a limit.",
    ].join('\n'),
  alreadyRunning:
    'Your previous `/privacy` command is still running. Nothing was done; try again when it has finished.',
  tooLarge:
    'Your data is too large for one file. Ask the operator of this bot for it. `/privacy delete` still works.',
  unconfirmed: (requests: number) =>
    `**Also:** ${requests} requests whose price you haven't confirmed (encrypted, deleted within about an hour).`,
  preferences: '**Also:** your `/preferences`, until you clear them.',
  preferencesDeleted: 'Also deleted: your `/preferences`.',
  deleted: (tasks: number, lines: number, later: number) =>
    [
      `Deleted: ${tasks} videos with their prompts. ${lines} journal lines no longer name you.`,
      ...(later === 0
        ? []
        : [`${later} unfinished or unconfirmed ones will be deleted once they are over.`]),
    ].join('\n'),
  messagesStay: 'Messages in channels stay; you and the server can delete them.',
  unconfirmedDeleted: (requests: number) =>
    `Also deleted: ${requests} requests whose price you hadn't confirmed.`,
};
