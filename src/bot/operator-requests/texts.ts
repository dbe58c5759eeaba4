/**
 * What came of an operator's request to resolve an unconfirmed charge. The words are those of the
 * command: settle (it was charged) and release (it was not).
 */
export const answerTexts = {
  nothingDone: (why: string) => `${why} Nothing was done.`,
  doneForBoth: (taskId: string, money: string) =>
    `Task ${taskId} is ${money}, for your budget and for its server.`,
  doneForOperator: (taskId: string, money: string, serverMoney: string) =>
    `Task ${taskId} is ${money} for your budget. For its server it stays ${serverMoney}.`,
  unconfirmed: 'unconfirmed',
  settledUnpriced: 'settled without a price',
  settledAt: (amount: string) => `settled at ${amount}`,
  notHeld: (taskId: string) =>
    `Task ${taskId} has no unconfirmed charge, or it was resolved already.`,
  busy: (taskId: string) => `Task ${taskId} is being worked on; try again in a moment.`,
  noPriceList: (taskId: string) =>
    `There is no price list, so no currency is known: task ${taskId} can only be released.`,
  noQuote: (taskId: string, max: string) =>
    `Task ${taskId} has no quote: settle it at an amount from 0 to ${max}, or release it.`,
  unreadable: (currency: string) =>
    `The amount must be a plain number with at most 6 decimals, such as 0.90 or "0.90 ${currency}".`,
  otherCurrency: (currency: string) =>
    `The amount must be in ${currency}, the currency of the price list.`,
  outOfRange: (taskId: string, max: string) =>
    `Task ${taskId} has no quote: its amount must be from 0 to ${max}.`,
  aboveQuote: (max: string, quote: string) =>
    `The amount must be from 0 to ${max}, ten times the quote of ${quote}.`,
};
