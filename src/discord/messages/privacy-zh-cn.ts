import type { privacyEn } from './privacy-en.ts';

export const privacyZhCn: typeof privacyEn = {
  kept: (tasks, lines, days) =>
    [
      `**关于你保存的信息**：${tasks} 个视频及其提示词、附件的链接与副本、最后一帧（加密保存，视频结束 ${days} 天后删除），以及各服务器记录中的 ${lines} 行：时间、模型、时长、清晰度、花费（400 天，不含提示词和素材）。`,
      '发送给所选模型服务商的：提示词和附件（链接或副本）。',
      '向他人显示的：视频的消息；可以用该视频再生成的成员还能看到完整提示词。谁可以这样做，可用 `/preferences set` 的 `reuse` 更改。',
      '不保存：生成的视频、你的名字、你的其他消息。',
      '`/privacy export` 可导出除副本外的全部信息；`/privacy delete` 可删除。累计用量、封禁和待确认扣费会保留，因此无法靠删除绕过额度。',
    ].join('\n'),
  alreadyRunning: '你上一次的 `/privacy` 命令仍在运行。未执行任何操作，请等它完成后再试。',
  tooLarge: '你的数据太多，无法放进一个文件。请向机器人的运营者索取。`/privacy delete` 仍可使用。',
  pending: (requests) =>
    `**另有**：${requests} 个还可以继续生成的请求，即尚未确认价格的，或机器人提供了其他生成方式的（加密保存，最后一次使用约一小时后删除）。`,
  preferences: '**另有**：你的 `/preferences` 偏好，直到你清除它们。',
  named: (names) =>
    `**另有**：你用 \`/asset add\` 命名的文件（${names}）：名称、类型、时间，以及文件的名称、大小和指纹，直到被移除。`,
  inLibrary: (attachments, provider, canDelete) =>
    canDelete
      ? `**在 ${provider}**：你的 ${attachments} 个附件在服务商自己的素材库中，视频不再需要时即删除。`
      : `**在 ${provider}**：你的 ${attachments} 个附件在服务商自己的素材库中。${provider} 未提供删除方法，执行 \`/privacy delete\` 后仍会留在那里。`,
  staysInLibrary: (attachments, provider) =>
    `**未删除**：${provider} 素材库中你的 ${attachments} 个附件。${provider} 未提供删除方法，请直接联系 ${provider}。`,
  namedDeleted: (files) => `同时删除了你用 \`/asset add\` 命名的 ${files} 个文件。`,
  preferencesDeleted: '同时删除了你的 `/preferences` 偏好。',
  deleted: (tasks, lines, later) =>
    [
      `已删除：${tasks} 个视频及其提示词。${lines} 行记录不再包含你的身份。`,
      ...(later === 0 ? [] : [`${later} 个未完成或扣费待确认的视频将在结束后删除。`]),
    ].join('\n'),
  messagesStay: '频道里的消息会保留，可由你和服务器自行删除。',
  pendingDeleted: (requests) =>
    `同时删除了 ${requests} 个还可以继续生成的请求，相应答复下方的按钮已失效。`,
};
