import type { EraseWords } from './erase-en.ts';

/** Texts of the question before `/privacy delete`, in simplified Chinese. */
export const eraseZhCn: EraseWords = {
  question: [
    '**删除在所有服务器中关于你保存的信息**？此操作无法撤销。',
    '- 已结束的视频的提示词、附件和设置将被删除。未完成的视频和待确认扣费在结束后删除。',
    '- 各服务器的记录中不再包含你的身份。累计用量、封禁和待确认扣费会保留。',
    '- 带有你的视频的消息及其在展示频道中的转发会保留在频道中，其按钮将失效，除非你选择一并删除。',
  ].join('\n'),
  data: '删除我的信息',
  all: '删除我的信息和视频消息',
  cancel: '全部保留',
  kept: '未删除任何内容。',
  removing: (count) => `正在删除 ${count} 条带有你的视频的消息，大约每秒一条。`,
  more: (max) => `这样最多只能删除最近的 ${max} 条，其余的会保留。`,
  removed: (gone, count) => `已删除 ${count} 条消息中的 ${gone} 条。`,
};
