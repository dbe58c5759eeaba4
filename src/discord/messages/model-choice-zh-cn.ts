import type { modelChoiceEn } from './model-choice-en.ts';

/** Choosing a model, in simplified Chinese. */
export const modelChoiceZhCn: typeof modelChoiceEn = {
  priceFor: (price, seconds) => `${seconds} 秒 ${price}`,
  usually: (range) => `通常 ${range}`,
  fewSeconds: '几秒',
  seconds: (count) => `${count} 秒`,
  minutes: (count) => `${count} 分钟`,
  frames: '首尾帧',
  images: '图片',
  videos: '视频',
  audio: '音频',
  unknown: (typed, nearest) =>
    `这里没有名为“${typed}”的 \`model\`。最接近的是 **${nearest}**。请从输入时出现的列表中选择，或用 \`/models\` 比较。`,
  notGiven:
    '**请选择模型。**你没有指定模型，这里也没有默认模型。以下模型接受你的请求；未提交，未扣费。',
  noneTakes:
    '**请选择 `model`。**这里没有默认模型，也没有模型能原样接受你的请求。指定一个模型即可看到它不支持什么；可用 `/models` 比较。',
  more: (left) => `-# ……还有 ${left} 个`,
};
