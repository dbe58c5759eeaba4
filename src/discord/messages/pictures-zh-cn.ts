import type { PicturesWords } from './pictures-en.ts';

/** Other pictures for a video, in Chinese. */
export const picturesZhCn: PicturesWords = {
  title: '为该视频更换图片',
  first_frame: '首帧',
  last_frame: '尾帧',
  references: '参考图',
  noneTaken: '该视频使用的模型不接受图片。请用 `/video` 选择其他模型。',
  noneGiven: '没有收到可用的图片。请重新点击按钮并附上图片。',
};
