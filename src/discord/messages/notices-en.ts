/** Notices to admins, in English; see `en.ts` for the rules of all texts. */
export const noticesEn = {
  held: (when: string, member: string, model: string, task: string) =>
    `${when}: the money of ${member}'s video (${model}, task ${task}) is held: it is not known what it cost. Look at \`/usage holds\` and settle or release it.`,
  paused: (when: string, provider: string, why: string) =>
    `${when}: ${provider} is paused for 5 minutes. ${why}`,
  lostAccess: (when: string, channel: string, task: string) =>
    `${when}: a finished video (task ${task}) could not be posted in ${channel}. Give the bot access to that channel.`,
  damaged: {
    task: (when: string, key: string) =>
      `${when}: the record of a video (${key}) was damaged and set aside. Its video is not delivered any more; what it cost stays counted.`,
    sums: (when: string, key: string) =>
      `${when}: sums of this server (${key}) were damaged, set aside and counted anew from what is known of its videos. Where that was unclear, more was counted rather than less.`,
    settings: (when: string) =>
      `${when}: the settings of this server were damaged and set aside. Nobody can make videos until you have set them again (\`/settings show\`, \`/quota list\`; \`/settings audit\` tells what was set) and opened with \`/settings set reopen:True\`.`,
  },
};

export type NoticeWords = typeof noticesEn;
