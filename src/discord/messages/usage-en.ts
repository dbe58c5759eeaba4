/** Texts of `/usage`, in English. Arguments are already escaped and formatted. */
export const usageEn = {
  command: {
    description: 'What was made here and what it cost (for admins)',
    show: 'Totals by period, member and model, with a chart',
    member: 'Only this member',
    month: 'Another month, such as 2026-11',
    export: 'Every video of a month as a CSV file',
    holds: 'Unconfirmed charges: list them and resolve them',
    task: 'The number of the video, as shown in the list',
    do: 'How to resolve it',
    amount: 'For "Charged: another amount": what it really cost, such as 0.90',
    actions: {
      settle: 'Charged: another amount',
      settle_at_quote: 'Charged as quoted',
      release: 'Not charged',
      ask_again: 'Ask the provider again',
    },
  },
  needsManageServer: 'Only members with the **Manage Server** permission can use `/usage`.',
  badMonth: 'The option `month` takes a year and a month, such as `2026-11`.',
  emptyMonth: (month: string) => `No video was requested in ${month}.`,
  failed:
    "The figures couldn't be read or written just now, so nothing may have been done. Check with `/usage holds` or `/usage show` and try again; the operator finds the cause in the log.",
  busy: 'Too many reports are being made right now. Nothing was done; try again in a few minutes.',
  sum: {
    join: (figures: readonly string[]) => figures.join(', '),
    unpriced: (n: number) => `${n} without a known price`,
    noPrice: 'no known price',
    deleted: (mark: string) => `deleted member \`${mark}\``,
    more: (n: number) => `… and ${n} more`,
  },
  show: {
    ofGuild: 'Usage of this server',
    ofMember: (member: string) => `Usage of ${member}`,
    windows: { day: 'Today', week: 'This week', month: 'This month', total: 'In total' },
    line: (name: string, figures: string) => `${name}: ${figures}`,
    whatCounts:
      'Reserved amounts and unconfirmed charges are included; videos without a known price are counted, but not their cost.',
    month: (month: string, zone: string, figures: string) => `**${month}** (${zone}): ${figures}`,
    states: {
      settled: 'charged',
      'settled (assumed)': 'charged, amount assumed',
      reserved: 'reserved, in progress',
      held: 'unconfirmed, see `/usage holds`',
      released: 'not charged',
      'released (assumed)': 'probably not charged',
    },
    members: '**Top members**',
    routes: '**By model**',
    noPicture: "The chart couldn't be drawn this time.",
    pictureBusy: 'Without a chart, because too many are being drawn. Try again in a moment.',
  },
  chart: {
    spendByDay: 'Spending by day',
    videosByDay: 'Videos by day',
    members: 'Top members',
    routes: 'By model',
    settled: 'charged',
    open: 'reserved or unconfirmed',
  },
  export: {
    done: (month: string, tasks: number) =>
      `${month}: ${tasks} ${tasks === 1 ? 'video' : 'videos'}. Times are UTC; an empty amount is an unknown price, never zero.`,
    packed: 'Compressed with gzip because of its size.',
    tooLarge: (month: string) => `${month} has too many videos for one file.`,
    alreadyRunning: 'A file for this server is already being made. Try again when it is there.',
  },
  holds: {
    title: (n: number) =>
      n === 1
        ? '**1 unconfirmed charge.** It counts as spent until you resolve it.'
        : `**${n} unconfirmed charges.** They count as spent until you resolve them.`,
    none: 'There are no unconfirmed charges.',
    how: 'Resolve one with the menu, or with `/usage holds task:… do:…`',
    number: (id: string) => `provider's number ${id}`,
    noNumber: "provider's number unknown",
    askedAgain: 'asking the provider again',
    why: {
      'outcome-unknown': 'the provider never confirmed the request',
      'timed-out': 'not finished in time',
      'unknown-to-provider': 'the provider no longer knows it',
      restored: 'the database was restored from a backup; it may have been sent before',
      'route-removed': 'its model or provider was turned off',
      failed: "the provider couldn't make it and may have charged for it",
      'usage-doubted': 'the provider reports far more than was quoted',
    },
    taskMissing: 'Add the `task`; `/usage holds` lists the numbers.',
    doMissing: 'Choose with `do` how to resolve this charge.',
    amountMissing: 'Add the `amount` that was charged, such as `0.90`.',
    amountUnreadable:
      'The `amount` must be a plain number with at most 6 decimals, such as `0.90`.',
    amountNotTaken: 'An `amount` goes only with "Charged: another amount". Nothing was done.',
    refusals: {
      noPriceList: (task: string) =>
        `The operator has set no price list, so no currency is known: video ${task} can only be marked as not charged. Nothing was done.`,
      noQuote: (task: string, most: string) =>
        `Video ${task} has no quote. Enter an amount from 0 to ${most}, or mark it as not charged. Nothing was done.`,
      unreadable: (currency: string) =>
        `The \`amount\` must be a plain number with at most 6 decimals, such as \`0.90\` or \`0.90 ${currency}\`. Nothing was done.`,
      otherCurrency: (currency: string) =>
        `The \`amount\` must be in ${currency}, the currency of the price list. Nothing was done.`,
      aboveQuote: (most: string, quote: string) =>
        `The \`amount\` must be from 0 to ${most}, ten times the quote of ${quote}. Nothing was done.`,
      aboveWithoutQuote: (task: string, most: string) =>
        `Video ${task} has no quote, so its \`amount\` must be from 0 to ${most}. Nothing was done.`,
    },
    inProgress: (task: string) =>
      `Video ${task} is being worked on right now: its provider is being asked, or its message updated. Check again in a moment.`,
    notHeld: (task: string) =>
      `Video ${task} has no unconfirmed charge here (any more); someone may have resolved it already. Nothing was done.`,
    nothingToAsk: (task: string) =>
      `The provider's number of video ${task} is unknown, so there is nothing to ask for. Check the provider's own records, then mark it as charged or not charged.`,
    settled: (task: string, amount: string) => `Video ${task} is marked as charged: ${amount}.`,
    released: (task: string) =>
      `Video ${task} is marked as not charged: it no longer counts in this server.`,
    asking: (task: string) =>
      `The provider is being asked again about video ${task}. If it is found, it is delivered to the channel and charged; until then the charge stays unconfirmed.`,
  },
};

export type UsageMessages = typeof usageEn;
