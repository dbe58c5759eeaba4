import type { NearWords } from './near-en.ts';

/** Notes under `/usage show`, in simplified Chinese. */
export const nearZhCn: NearWords = {
  title: '**接近额度上限**',
  line: (member, figures, window, measure, whose) =>
    `${member}：${window}的${measure}额度已用 ${figures}（${whose}）`,
  whose: { everyone: '每位成员的额度', member: '个人额度' },
  roles: '此处不含身份组额度：机器人不知道哪些成员拥有哪些身份组，成员的身份组可能允许更多或更少。',
  deleted: '部分明细缺失，因为有成员使用 `/privacy delete` 删除了自己的信息。其用量仍会计入。',
};
