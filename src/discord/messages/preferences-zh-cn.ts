import type { preferencesEn } from './preferences-en.ts';

export const preferencesZhCn: typeof preferencesEn = {
  command: {
    description: '你自己的视频默认选项',
    set: '设置偏好，在所有服务器生效',
    show: '查看偏好',
    clear: '清除一项或全部偏好',
    model: '未指定模型时使用的模型',
    duration: '时长（秒）',
    resolution: '清晰度（取决于模型）',
    ratio: '画面比例',
    reuse: '谁可以用你的视频再生成',
    preference: '要清除哪一项；不填则全部清除',
    reuseChoices: { me: '仅自己', server: '服务器允许的所有人' },
  },
  saved: '**已保存**。你的视频偏好（在所有服务器生效）：',
  cleared: '**已清除**。你的视频偏好（在所有服务器生效）：',
  title: '**你的视频偏好**（在所有服务器生效）：',
  none: '暂无。可用 `/preferences set` 设置。',
  modelOff: (model) => `${model}（目前不可用）`,
  hint: '`/video` 中填写的选项优先。模型不支持的偏好会被忽略，并在视频消息中说明。',
  nothingGiven: '没有可保存的内容：请至少填写一个选项。',
  leftOut: (options) => `该模型不支持以下偏好，已忽略：${options}`,
  modelLeftOut: '偏好的 `model` 在这里不可用。',
};
