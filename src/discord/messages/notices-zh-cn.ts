import type { NoticeWords } from './notices-en.ts';

export const noticesZhCn: NoticeWords = {
  held: (when, member, model, task) =>
    `${when}：${member} 的视频（${model}，任务 ${task}）的金额被暂扣：不清楚实际花费。请查看 \`/usage holds\` 并结算或释放。`,
  paused: (when, provider, why) => `${when}：${provider} 暂停 5 分钟。${why}`,
  lostAccess: (when, channel, task) =>
    `${when}：已完成的视频（任务 ${task}）无法发布到 ${channel}。请允许机器人访问该频道。`,
  damaged: {
    task: (when, key) =>
      `${when}：一个视频的记录（${key}）已损坏，已另存。该视频不再送达；它的费用仍然计入。`,
    sums: (when, key) =>
      `${when}：本服务器的累计数（${key}）已损坏，已另存，并根据已知的视频重新计算。不明确之处宁可多计。`,
    settings: (when) =>
      `${when}：本服务器的设置已损坏，已另存。在你重新设置（\`/settings show\`、\`/quota list\`；\`/settings audit\` 可查看以前的设置）并用 \`/settings set reopen:True\` 重新开放之前，任何人都不能生成视频。`,
  },
};
