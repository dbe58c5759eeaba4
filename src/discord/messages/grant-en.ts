/** Texts about amounts of money with a currency, and of `/quota grant`, in English. */
export const grantEn = {
  description: 'Give a member more until the current day, week or month ends',
  options: {
    member: 'Who gets more',
    measure: 'What to give more of',
    amount: 'How much more: a whole number, or an amount such as 5 or $12.50',
  },
  wrong: (option: string, what: string) => `\`${option}\`: ${what}. Nothing was changed.`,
  amountZero: '`amount` must be more than 0. Nothing was changed.',
  /** Follows the name of an option. */
  otherCurrency: (unit: string, currency: string) =>
    `amounts here are in ${currency}, the currency of the bot's prices, not in ${unit}`,
  noCurrency: (unit: string) =>
    `the bot has no price list, so it can't tell what ${unit} is; write the amount without a currency`,
  nothingToRaise: (member: string, measure: string) =>
    `No limit on ${measure} applies to ${member}, so there is nothing to raise. Nothing was changed.`,
  serverOnly: (member: string, measure: string) =>
    `Only the whole server has a limit on ${measure}, and a grant to ${member} doesn't raise it: change it with \`/quota set server\`. Nothing was changed.`,
  tooMany: (max: number) =>
    `There are already ${max} grants here, which is the maximum. They end with their day, week or month. Nothing was changed.`,
  isGranted: (member: string, amount: string) => `Granted to ${member}: **${amount}** more.`,
  raised: (rule: string, limit: string, until: string) => `**${rule}** → **${limit}**, ${until}`,
  until: (when: string) => `until ${when}`,
  forGood: 'permanently',
  serverStands: 'The limits of the whole server still apply.',
  listTitle: 'Granted',
  listLine: (member: string, amount: string, window: string, until: string) =>
    `${member}: ${amount} more ${window}, ${until}`,
  ofIt: (rule: string, amount: string) => `${rule}, including ${amount} granted`,
};

export type GrantWords = typeof grantEn;
