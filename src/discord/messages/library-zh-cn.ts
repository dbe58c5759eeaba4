import type { LibraryMessages } from './library-en.ts';

export const libraryZhCn: LibraryMessages = {
  preparing: (provider) => `正在 ${provider} 的素材库中准备附件`,
  unusable: (provider, option, why, advice) =>
    `${provider} 的素材库无法使用 \`${option}\`：${why}。**视频未扣费。**\n${advice}`,
  assumedReferences: (amount) => `推定扣费 ${amount}：服务商未说明参考视频是否计费`,
  why: {
    refused: '文件被拒绝',
    failed: '文件未通过审核',
    'never-there': '文件上传后丢失',
    'mixed-up': '它把该文件与另一个文件弄混了',
    'too-slow': '文件在 10 分钟内未准备好',
    unanswered: '上传一直未得到确认',
    off: '机器人已不再使用该素材库',
  },
  advice: {
    failed: '请换一个文件或换一个模型。',
    'never-there': '请重新提交，或换一个文件。',
    'mixed-up': '请稍后再试或换一个模型。',
    'too-slow': '请稍后再试或换一个模型。',
    unanswered: '请稍后再试或换一个模型。',
    off: '请换一个模型。',
  },
};
