/** Notices to admins, in English; see `en.ts` for the rules of all texts. */
export const noticesEn = {
  held: (when: string, member: string, model: string, task: string) =>
    `${when}: an unconfirmed charge. It's not sure whether ${member}'s video (${model}, number ${task}) was charged. Check \`/usage holds\` and resolve it.`,
  heldAgain: (when: string, member: string, model: string, task: string) =>
    `${when}: the charge for ${member}'s video (${model}, number ${task}) had been resolved, but now the provider has confirmed that it's making the video. It will be delivered, and its cost counts again.`,
  paused: (when: string, provider: string, why: string) =>
    `${when}: ${provider} is paused for 5 minutes. ${why}`,
  lostAccess: (when: string, channel: string, task: string) =>
    `${when}: a finished video (number ${task}) couldn't be posted in ${channel}. Give the bot access to that channel.`,
  otherModel: (when: string, member: string, model: string, named: string, task: string) =>
    `${when}: ${member}'s video (number ${task}) was sent to ${model}, but the provider's answer names another model: ${named}. Its quality and charge may differ; check with the provider.`,
  report: (when: string, member: string, link: string, task: string) =>
    `${when}: ${member} reported a video (number ${task}). Delete it with ⋯ → Delete if it breaks your rules: ${link}`,
  gallery: (when: string, channel: string) =>
    `${when}: videos cannot be forwarded to ${channel}. Let the bot view and write in that channel, and read the history of the channels with videos, or change \`gallery\` in \`/settings\`.`,
  damaged: {
    task: (when: string, key: string) =>
      `${when}: the record of a video (${key}) was damaged and set aside. That video won't be delivered; what it cost still counts.`,
    sums: (when: string, key: string) =>
      `${when}: usage totals of this server (${key}) were damaged, set aside and recalculated from the videos on record. Where that was unclear, they were rounded up rather than down.`,
    settings: (when: string) =>
      `${when}: the settings of this server were damaged and set aside. No one can make videos until you have set them again (\`/settings show\`, \`/quota list\`; \`/settings audit\` shows the earlier ones) and reopened with \`/settings set money reopen:True\`.`,
  },
};

export type NoticeWords = typeof noticesEn;
