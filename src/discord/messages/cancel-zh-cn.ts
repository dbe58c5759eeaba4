import type { cancelEn } from './cancel-en.ts';

/** The button that cancels a video, and its answers. */
export const cancelZhCn: typeof cancelEn = {
  button: '取消',
  asked: '已请求服务商取消，结果会显示在这个视频的消息中。',
  done: '已取消，这个视频的消息会更新。',
  sent: '正在提交或已经提交，无法再取消。',
  ofAnother: '只有发起这个视频的人，或可以在这里管理消息的人，才能取消。',
  gone: '这个视频已经结束，没有可取消的内容。',
};
