/** Texts of `/privacy`, in English. */
export const privacyEn = {
  kept: (tasks: number, lines: number, days: number) =>
    [
      `**Stored about you:** ${tasks} videos with their prompts, the links and copies of their attachments, and their last pictures (encrypted, deleted ${days} days after the videos end), and ${lines} lines in the servers' journals: time, model, length, resolution, cost (400 days, no prompt, no media).`,
      'Sent to the provider of the model you choose: the prompt and the attachments, as links or copies.',
      'Shown to others: the message of a video; and its whole prompt to members who may make another video from it. `reuse` in `/preferences set` changes who may.',
      'Not stored: the finished videos, your name, your other messages.',
      "`/privacy export` gives you all of it but the copies as a file; `/privacy delete` deletes it. Usage totals, blocks and unconfirmed charges stay, so deleting can't be used to get around a limit.",
    ].join('\n'),
  alreadyRunning:
    'Your previous `/privacy` command is still running. Nothing was done; try again when it has finished.',
  tooLarge:
    'Your data is too large for one file. Ask the operator of this bot for it. `/privacy delete` still works.',
  /** Questions about a price, and what is offered below refusals and videos. */
  pending: (requests: number) =>
    `**Also:** ${requests === 1 ? '1 request' : `${requests} requests`} that you can still make a video from: the price isn't confirmed yet, or the bot offered other ways to make it (encrypted, deleted about an hour after last use).`,
  preferences: '**Also:** your `/preferences`, until you clear them.',
  /** `names`: in code, separated by commas. */
  named: (names: string) =>
    `**Also:** the files you named with \`/asset add\` (${names}): name, kind, time, and the file's name, size and fingerprint, until they are removed.`,
  /** `canDelete`: the provider documents a deletion. */
  inLibrary: (attachments: number, provider: string, canDelete: boolean) =>
    canDelete
      ? `**At ${provider}:** ${attachments} of your attachments are in the provider's own library, as long as a video needs them.`
      : `**At ${provider}:** ${attachments} of your attachments are in the provider's own library. ${provider} documents no way to delete them, so they stay there even after \`/privacy delete\`.`,
  staysInLibrary: (attachments: number, provider: string) =>
    `**Not deleted:** ${attachments} of your attachments in ${provider}'s own library. ${provider} documents no way to delete them; ask ${provider} itself.`,
  namedDeleted: (files: number) =>
    `Also deleted: ${files === 1 ? '1 file' : `${files} files`} that you named with \`/asset add\`.`,
  preferencesDeleted: 'Also deleted: your `/preferences`.',
  deleted: (tasks: number, lines: number, later: number) =>
    [
      `Deleted: ${tasks} videos with their prompts. ${lines} journal lines no longer name you.`,
      ...(later === 0
        ? []
        : [`${later} unfinished or unconfirmed ones will be deleted once they are over.`]),
    ].join('\n'),
  messagesStay: 'Messages in channels stay; you and the server can delete them.',
  pendingDeleted: (requests: number) =>
    `Also deleted: ${requests === 1 ? '1 request' : `${requests} requests`} that you could still have made a video from. The buttons below those answers no longer work.`,
};
