import type { AnimateWords } from './animate-en.ts';

/** Animating the pictures of a message, in Chinese. */
export const animateZhCn: AnimateWords = {
  name: '让它动起来',
  title: '让这张图片动起来',
  withLast: '将第二张图片用作尾帧',
  noPictures: '该消息中没有可以动起来的图片。',
  ownOnly: '在本服务器中，只能让你自己的消息和机器人消息中的图片动起来。',
  noModel: '目前没有可以用图片生成视频的模型。',
  gone: '该表单已失效，请在该消息上重新使用**让它动起来**。',
};
