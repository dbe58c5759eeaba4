import type { endedHoldEn } from './ended-hold-en.ts';

/**
 * The texts of a task that ended held, after its hold was resolved: without the part about what is
 * still to be done.
 */
export const endedHoldZhCn: typeof endedHoldEn = {
  outcomeUnknown: (provider) => `没有收到 ${provider} 是否接受请求的答复，**也没有再次发送**。`,
  givenUp: (provider) => `${provider} 未能按时完成，机器人已停止等待。`,
  unknownToProvider: (provider) => `${provider} 已查不到这个任务。`,
  routeRemoved: '这个任务的模型在进行中被停用。',
  restored: (provider) =>
    `机器人的数据库是从备份恢复的，因此当时无法确定 ${provider} 是否已经制作并扣费，**也没有再次发送**。`,
  failed: '服务商未能生成视频。',
};
