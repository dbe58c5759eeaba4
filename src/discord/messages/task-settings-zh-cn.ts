import type { taskSettingsEn } from './task-settings-en.ts';

/** The line of a task's message with its settings, in simplified Chinese. */
export const taskSettingsZhCn: typeof taskSettingsEn = {
  frames: (n) => `首尾帧 ${n} 张`,
  pictures: (n) => `图片 ${n} 张`,
  videos: (n) => `视频 ${n} 段`,
  sounds: (n) => `音频 ${n} 段`,
  attached: (items) => items.join('，'),
  wouldHaveCost: (price) => `本应花费 ${price}`,
};
