import type { endedHoldEn } from './ended-hold-en.ts';

/**
 * The texts of a task that ended held, after its hold was resolved: without the part about what is
 * still to be done.
 */
export const endedHoldZhCn: typeof endedHoldEn = {
  outcomeUnknown: (provider) => `${provider} 从未确认收到请求，**也没有重新提交**。`,
  givenUp: (provider) => `${provider} 未能按时完成，机器人已停止等待。`,
  unknownToProvider: (provider) => `${provider} 已查不到这个视频。`,
  routeRemoved: '生成这个视频时，它的模型被停用。',
  restored: (provider) =>
    `机器人的数据库是从备份恢复的，因此当时无法确定 ${provider} 是否已经生成并扣费，**也没有重新提交**。`,
  failed: '服务商未能生成视频。',
};
