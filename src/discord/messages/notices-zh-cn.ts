import type { NoticeWords } from './notices-en.ts';

export const noticesZhCn: NoticeWords = {
  held: (when, member, model, task) =>
    `${when}：有一笔待确认扣费。不确定 ${member} 的视频（${model}，编号 ${task}）是否已扣费。请在 \`/usage holds\` 中核实并处理。`,
  heldAgain: (when, member, model, task) =>
    `${when}：${member} 的视频（${model}，编号 ${task}）的扣费此前已处理，但服务商现已确认正在生成该视频。视频将会送达，费用重新计入。`,
  paused: (when, provider, why) => `${when}：${provider} 暂停 5 分钟。${why}`,
  lostAccess: (when, channel, task) =>
    `${when}：已完成的视频（编号 ${task}）无法发布到 ${channel}。请允许机器人访问该频道。`,
  otherModel: (when, member, model, named, task) =>
    `${when}：${member} 的视频（编号 ${task}）发送给了 ${model}，但服务商的答复中是另一个模型：${named}。画质和扣费可能不同，请向服务商核实。`,
  report: (when, member, link, task) =>
    `${when}：${member} 举报了一个视频（编号 ${task}）。如果它违反规定，请用“⋯ → 删除”将其删除：${link}`,
  gallery: (when, channel) =>
    `${when}：视频无法转发到 ${channel}。请允许机器人查看该频道并在其中发言，并允许它查看视频所在频道的消息历史，或在 \`/settings\` 中修改 \`gallery\`。`,
  damaged: {
    task: (when, key) =>
      `${when}：一个视频的记录（${key}）已损坏，已另存。该视频不再送达；它的费用仍然计入。`,
    sums: (when, key) =>
      `${when}：本服务器的累计用量（${key}）已损坏，已另存，并根据现有的视频记录重新计算。不明确之处宁可多计。`,
    settings: (when) =>
      `${when}：本服务器的设置已损坏，已另存。在你重新设置（\`/settings show\`、\`/quota list\`；\`/settings audit\` 可查看以前的设置）并用 \`/settings set money reopen:True\` 重新开放之前，任何人都不能生成视频。`,
  },
};
