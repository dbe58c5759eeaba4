import type { SharingWords } from './sharing-en.ts';

/** Texts of the settings for what members share and for the default model, in simplified Chinese. */
export const sharingZhCn: SharingWords = {
  choices: {
    reuse: { everyone: '所有人', caller: '仅制作该视频的成员' },
    animate: { own: '自己的消息和机器人的消息', everyone: '所有人的消息' },
    assets: { admins: '仅管理员', everyone: '每位成员' },
  },
  is: {
    reuse: {
      everyone: '所有人都可以基于其他成员的视频生成新视频，并能阅读其提示词。',
      caller: '只有制作该视频的成员可以基于它生成新视频。',
    },
    animate: {
      own: '成员可以让自己的消息和机器人的消息中的图片动起来。',
      everyone: '成员可以让所有人的消息中的图片动起来。',
    },
    assets: {
      admins: '只有管理员可以添加命名的图片、视频和声音。',
      everyone: '每位成员都可以添加命名的图片、视频和声音。',
    },
  },
  isDefault: (model) => `默认模型：**${model}**。`,
  noDefault: '没有默认模型：成员每次自行选择。',
  defaultNotAllowed: '它不在允许的模型列表中，加入列表之前无法使用。',
  modelUnknown: '没有这个模型，请从建议中选择',
  gallery: {
    share: (channel) => `展示频道：${channel}（成员分享的视频）。`,
    all: (channel) =>
      `展示频道：${channel}（成员分享的视频，以及在所有人可见的频道中生成的每个视频）。`,
  },
  galleryModes: {
    share: '仅成员分享的视频',
    all: '还包括所有人可见的频道中的每个视频',
    off: '不使用展示频道',
  },
  noGallery: '没有展示频道。',
  noticesPublic: (channel) =>
    `**服务器中的所有人都能阅读 ${channel}**。通知会提到成员和金额；请选择只有管理员能阅读的频道。`,
};
