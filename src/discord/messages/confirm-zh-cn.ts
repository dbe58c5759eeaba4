import type { confirmEn } from './confirm-en.ts';

/** The question whether a price is accepted, in simplified Chinese. */
export const confirmZhCn: typeof confirmEn = {
  changed: (was) => `价格与之前显示的（**${was}**）不同，因此尚未生成。原来的按钮已失效。`,
  question: (model, price) =>
    `**${model}** 将花费 **${price}**。确认之前不会扣费；按钮只能用一次，10 分钟内有效。`,
  button: '生成这个视频',
  cheaper: (resolution, price) => `改用 ${resolution} · ${price}`,
  left: (amount, limit) => `剩余 ${amount}（额度：${limit}）`,
  more: (count) => `…… 另有 ${count} 条额度`,
  made: (model, link) => `已确认：**${model}** → ${link}`,
  madeSomewhere: (model) => `已确认：正在用 **${model}** 生成你的视频。`,
  askedAgain: '价格有变。新的答复会显示新价格并再次询问。',
  expired: '这个价格的有效期为 10 分钟。未扣费。请重新使用 `/video`。',
};
