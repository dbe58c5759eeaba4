import type { modelsEn } from './models-en.ts';

export const modelsZhCn: typeof modelsEn = {
  details: '查看某个模型的详情',
  all: '全部模型',
  hint: '查看任一模型的详情：`/models model:…`',
  length: (range, standard) => `时长：${range} 秒（默认 ${standard}）`,
  size: (sizes, standard) => `清晰度：${sizes}（默认 ${standard}）`,
  fixedSize: (size) => `清晰度：固定 ${size}`,
  ratios: (ratios) => `比例：${ratios}`,
  standardRatio: (ratio) => `（默认 ${ratio}）`,
  framesAny: '首尾帧：`first_frame`、`last_frame` 任选其一或两者都用',
  framesFirst: '首尾帧：`first_frame`，可另加 `last_frame`',
  framesPair: '首尾帧：`first_frame` 和 `last_frame` 缺一不可',
  framesNone: '首尾帧：不支持',
  references: (list) => `参考素材：${list}`,
  noReferences: '参考素材：不支持',
  framesOrReferences: '首尾帧与参考图片不能同时使用',
  framesOrAnyReferences: '首尾帧与参考素材不能同时使用',
  price: (price) => `价格：${price}`,
  priceUnknown: (unit) => `${unit}，价格未知`,
  resultKept: (hours) => `服务商保留视频 ${hours} 小时`,
  resultKeptAbout: (days) => `服务商保留视频约 ${days} 天`,
  editsVideos:
    '编辑或延长视频：将视频作为 `video1` 添加，并在提示词中说明要修改什么，或接下来发生什么',
  promptAdvice: (chinese, english) =>
    `提示词：服务商建议不超过 ${chinese} 个中文字符或 ${english} 个英文单词`,
  chineseTitle: (name) => `服务商文档中的名称：${name}`,
  options: {
    takes: '只列出支持以下内容的模型',
    longer_than: '只列出能生成超过此秒数的模型',
  },
  takes: {
    frames: '首尾帧',
    images: '参考图片',
    videos: '参考视频',
    audio: '参考音频',
    sound: '自带声音',
  },
  noneFound: '这里没有这样的模型。菜单可以查看任何一个模型。',
  none: '没有可用的模型：需由运营者设置服务商密钥。',
};
