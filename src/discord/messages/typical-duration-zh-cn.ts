import type { typicalDurationEn } from './typical-duration-en.ts';

/** How long videos of one kind usually take, in simplified Chinese. */
export const typicalDurationZhCn: typeof typicalDurationEn = {
  line: (range) => `通常用时：${range}`,
  range: (from, to) => `${from}–${to}`,
  about: (time) => `约 ${time}`,
  fewSeconds: '几秒',
  seconds: (count) => `${count} 秒`,
  minutes: (count) => `${count} 分钟`,
  half: (whole) => `${whole}.5`,
};
