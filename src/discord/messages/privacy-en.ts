/** Texts of `/privacy`, in English. */
export const privacyEn = {
  kept: (tasks: number, lines: number, days: number) =>
    [
      `**Kept of you:** ${tasks} videos with their prompts and addresses of attachments (encrypted, deleted ${days} days after they end), and ${lines} lines in the journals of servers: time, model, length, size, cost (400 days, no prompt, no media).`,
      'Sent to the provider of the model you choose: the prompt and the addresses of the attachments.',
      'Not kept: the pictures, videos and sounds themselves, your name, your other messages.',
      '`/privacy export` gives you all of it as a file; `/privacy delete` deletes it. Sums for quotas, blocks and unsettled amounts stay, so that deleting is no way around them.',
    ].join('\n'),
  alreadyRunning:
    'Your previous `/privacy` command is still running. Nothing was done; try again when it is finished.',
  tooLarge:
    'Your data is too large for one file. Please ask the operator of this bot for it. `/privacy delete` works all the same.',
  unconfirmed: (requests: number) =>
    `**And:** ${requests} requests whose price you have not confirmed (encrypted, deleted within an hour or so).`,
  deleted: (tasks: number, lines: number, later: number) =>
    [
      `Deleted: ${tasks} videos with their prompts. ${lines} journal lines no longer name you.`,
      ...(later === 0
        ? []
        : [`${later} unfinished or unsettled ones are deleted when they are over.`]),
      "Messages in channels are yours and the server's to delete.",
    ].join('\n'),
  unconfirmedDeleted: (requests: number) =>
    `Also deleted: ${requests} requests whose price you had not confirmed.`,
};
