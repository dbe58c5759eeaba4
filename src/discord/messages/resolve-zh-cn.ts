import type { ResolveWords } from './resolve-en.ts';

/** Texts of the menu and buttons that resolve unconfirmed charges, in simplified Chinese. */
export const resolveZhCn: ResolveWords = {
  choose: '选择要处理的扣费',
  which: '它是否已扣费？',
  priced: (action, price) => `${action} · ${price}`,
  back: '返回列表',
  form: {
    title: '已扣费：其他金额',
    amount: '实际花费',
    example: (currency) => `0.90 或 0.90 ${currency}`,
  },
};
