import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

export const adviceZhCn = {
  'prompt-moderated': '**提示词**未通过安全审核。请换一种说法再试。',
  'image-moderated': '有**图片**未通过安全审核。请换一张。',
  'video-moderated': '有**参考视频**未通过安全审核。请换一段。',
  'audio-moderated': '有**参考音频**未通过安全审核。请换一段。',
  'result-moderated': '**生成的视频**未通过安全审核。请修改提示词或图片后再试。',
  moderated: '未通过安全审核。请修改提示词或图片后再试。',
  'real-person': '图片或视频中可能有**真人**，该服务商不接受。请换一个。',
  copyright: '可能涉及**他人的版权或商标**。请修改提示词或素材。',
  parameters: '服务商不支持这样的设置组合。请修改设置或换一个模型。',
  'media-unreadable': '服务商无法读取某个附件。请重新上传或换一个文件。',
  unauthorized: '服务商拒绝了机器人的密钥。只有运营者能解决；请试试其他服务商的模型。',
  'balance-spent': '机器人在服务商的余额已用完。只有运营者能解决；请试试其他服务商的模型。',
  'model-unavailable': '机器人目前无法使用该模型。请换一个。',
  'provider-trouble': '服务商自身出现问题。请稍后再试。',
  unknown: '请修改请求或换一个模型，或稍后再试。',
} satisfies Record<RejectionCategory, string>;
