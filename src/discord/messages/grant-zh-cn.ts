import type { GrantWords } from './grant-en.ts';

/** Texts about amounts of money with a currency, and of `/quota grant`, in simplified Chinese. */
export const grantZhCn: GrantWords = {
  description: '为某位成员临时增加额度，到当前的日、周或月结束为止',
  options: {
    member: '为谁增加',
    measure: '增加哪一种额度',
    amount: '增加多少：整数，或金额（如 5 或 $12.50）',
  },
  wrong: (option, what) => `\`${option}\`：${what}。未做任何更改。`,
  amountZero: '`amount` 必须大于 0。未做任何更改。',
  otherCurrency: (unit, currency) =>
    `这里的金额以 ${currency}（机器人价格表的货币）计算，不能使用 ${unit}`,
  noCurrency: (unit) => `机器人没有价格表，无法识别 ${unit}。请填写不带货币的金额`,
  nothingToRaise: (member, measure) =>
    `${member} 没有适用的${measure}额度，无需增加。未做任何更改。`,
  serverOnly: (member, measure) =>
    `只有整个服务器设有${measure}额度，为 ${member} 增加额度不会改变它；请使用 \`/quota set server\` 修改。未做任何更改。`,
  tooMany: (max) =>
    `这里已有 ${max} 条额外额度，已达上限；它们会随所属的日、周或月一同结束。未做任何更改。`,
  isGranted: (member, amount) => `已为 ${member} 增加 **${amount}**。`,
  raised: (rule, limit, until) => `**${rule}** → **${limit}**，${until}`,
  until: (when) => `有效期至 ${when}`,
  forGood: '长期有效',
  serverStands: '整个服务器的额度仍然有效。',
  listTitle: '额外额度',
  listLine: (member, amount, window, until) => `${member}：${window}增加 ${amount}，${until}`,
  ofIt: (rule, amount) => `${rule}，其中额外增加 ${amount}`,
};
