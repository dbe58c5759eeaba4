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
  autoNone: '**这里没有模型能原样接受你的请求**，`auto` 无从选择。未提交，未扣费。最接近的是：',
  auto: {
    title: 'auto · 接受此请求的最便宜的模型',
    now: (model) => `目前是 ${model}`,
    line: '`/video model:auto` 选择接受请求的最便宜的模型，同价时选择通常更快的。',
    lineNow: (model) => `对于短片，目前是 ${model}。`,
    next: '如果其服务商太忙、无法连接，或因内容以外的原因拒绝请求，就会尝试下一个模型，价格不会更高。可能已被接受的请求绝不会再次提交。',
    chosen: {
      only: () => '由 `auto` 选择：目前唯一可用且接受此请求的模型',
      price: (of) => `由 \`auto\` 选择：${of} 个接受此请求的模型中最便宜的`,
      time: (of) => `由 \`auto\` 选择：${of} 个最便宜的模型中通常最快的`,
      order: (of) => `由 \`auto\` 选择：${of} 个最便宜的模型中的第一个`,
    },
    unpriced: {
      only: () => '由 `auto` 选择：目前唯一可用且接受此请求的模型',
      price: (of) => `由 \`auto\` 选择：${of} 个接受此请求的模型中的第一个；价格未知`,
      time: (of) => `由 \`auto\` 选择：${of} 个接受此请求的模型中通常最快的；价格未知`,
      order: (of) => `由 \`auto\` 选择：${of} 个接受此请求的模型中的第一个；价格未知`,
    },
    instead: {
      busy: (before) => `由 \`auto\` 改选：${before} 太忙`,
      unreachable: (before) => `由 \`auto\` 改选：无法连接 ${before}`,
      'wrong-address': (before) => `由 \`auto\` 改选：无法连接 ${before}`,
      refused: (before) => `由 \`auto\` 改选：${before} 没有接受此请求`,
      paused: (before) => `由 \`auto\` 改选：${before} 目前不可用`,
    },
  },
  more: (left) => `-# ……还有 ${left} 个`,
};
