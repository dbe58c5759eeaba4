import type { ContinueWords } from './continue-en.ts';

/** Going on from a video's last picture, in Chinese. */
export const continueZhCn: ContinueWords = {
  title: '续写该视频',
  noFrame:
    '该视频的最后一帧已不可用，也无法重新从视频中提取。请用 `/video` 的 `first_frame` 附上一张图片。',
  frameLate: '正在从视频中提取最后一帧，请过几秒再点击该按钮。',
};
