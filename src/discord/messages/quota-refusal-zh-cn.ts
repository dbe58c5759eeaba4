import type { quotaRefusalEn } from './quota-refusal-en.ts';

/** Why a limit refuses a video, in simplified Chinese. */
export const quotaRefusalZhCn: typeof quotaRefusalEn = {
  windows: { day: '今日', week: '本周', month: '本月', total: '累计' },
  measures: { videos: '视频', seconds: '时长', cost: '花费' },
  name: (window, measure) => `${window}${measure}额度`,
  subjects: {
    guild: (name) => `本服务器${name}`,
    everyone: (name) => `每位成员的${name}`,
    role: (name, role) => `${role} 的${name}`,
    member: (name, member) => `${member} 的${name}`,
  },
  figures: {
    videos: (used, limit) => `${used}/${limit} 个`,
    seconds: (used, limit) => `${used}/${limit} 秒`,
    cost: (used, limit) => `${used}/${limit}`,
  },
  reached: (limit, figures, need) => `**${limit}已用完**（${figures}），本次需要 ${need}。`,
  tooLittleLeft: (limit, figures, need) =>
    `**${limit}不足**（已用 ${figures}），本次需要 ${need}。`,
  zero: (limit, used, need) => `**${limit}为 0**，不允许生成视频。已用 ${used}，本次需要 ${need}。`,
  unknownNeed: '未知金额',
  priceUnknown: (limit, figures) =>
    `**${limit}按金额计算**（已用 ${figures}），而这个视频的价格未知。`,
  knownPrice: '请选择价格已知的模型（`/models`）。',
  resets: (when) => `将于 ${when}重置。`,
  resetsInVain: (when) => `将于 ${when}重置，但届时仍不允许生成视频。`,
  noReset: '不会重置。',
  notSent: '未提交，未扣费。',
};
