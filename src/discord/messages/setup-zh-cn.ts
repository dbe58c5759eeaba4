import type { SetupWords } from './setup-en.ts';

/** Texts of `/setup`, in simplified Chinese. */
export const setupZhCn: SetupWords = {
  description: '用模板为本服务器设定额度',
  title: '**为本服务器设定额度**。请选择模板，然后填写数量；在你确认之前不会有任何更改。',
  noPrices: '-# 运营者没有设定价格，因此不提供花费额度。',
  choose: '选择模板',
  templates: {
    small: '小型社区',
    artists: '创作者服务器',
    money: '控制花费',
  },
  explained: {
    small: '每位成员每天若干视频，并为整个服务器设上限',
    artists: '同上，并让拥有某个身份组的成员获得更多',
    money: '为每位成员和服务器设定金额，价格较高时先询问',
  },
  fields: {
    everyone: '每位成员：每天的视频数',
    role: '可以制作更多视频的身份组',
    roleLimit: '拥有该身份组的每位成员：每天的视频数',
    everyoneCost: (currency) => `每位成员：每月金额（${currency}）`,
    serverCost: (currency) => `整个服务器：每月金额（${currency}）`,
    serverVideos: '整个服务器：每月的视频数',
    confirmAbove: (currency) => `高于此价格需确认（${currency}）`,
  },
  optional: '留空表示不设此额度',
  fault: (field, what) => `**${field}**：${what}。未做任何更改。`,
  roleMissing: '请选择身份组，或将其额度留空',
  nothing: '所有字段都为空，没有可设定的内容。未做任何更改。',
  means: '**这意味着：**',
  sentence: {
    everyone: (limit, window) => `每位成员：${window}最多 ${limit}。`,
    role: (role, limit, window) =>
      `拥有 ${role} 的每位成员：${window}最多 ${limit}，代替所有人的额度。`,
    guild: (limit, window) => `整个服务器合计：${window}最多 ${limit}。`,
    confirmAbove: (amount) => `价格高于 ${amount} 时，成员须先确认。`,
  },
  zero: '0 表示不允许。',
  othersStay: '此处未列出的额度保持不变（`/quota list`）。',
  confirm: '设定这些额度',
};
