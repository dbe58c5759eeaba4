/** Texts of `/usage`, in English. Arguments are already escaped and formatted. */
export const usageEn = {
  command: {
    description: 'What was made here and what it costs (for admins)',
    show: 'Sums by window, member and model, with a chart',
    member: 'Only this member',
    month: 'Another month, such as 2026-11',
    export: 'Every video of a month as a CSV file',
    holds: 'Videos whose cost is not known for sure: list them, end them',
    task: 'The task to act on, as the list names it',
    do: 'What to do with it',
    amount: 'For "Settle at an amount": what it really cost, such as 0.90',
    actions: {
      settle: 'Settle at an amount',
      settle_at_quote: 'Settle at the quote',
      release: 'Release: it cost nothing',
      ask_again: 'Ask the provider again',
    },
  },
  needsManageServer: 'Only members with the permission **Manage Server** may use `/usage`.',
  badMonth: 'The option `month` takes a year and a month, such as `2026-11`.',
  emptyMonth: (month: string) => `No video was asked for in ${month}.`,
  failed:
    'The figures could not be read or written just now, so this may be undone. Look with `/usage holds` or `/usage show` and try again; the operator finds the cause in the log.',
  busy: 'Too many reports are being made right now. Nothing was done; please try again in a few minutes.',
  sum: {
    join: (figures: readonly string[]) => figures.join(', '),
    unpriced: (n: number) => `${n} without a known price`,
    noPrice: 'no known price',
    deleted: (mark: string) => `deleted member \`${mark}\``,
    more: (n: number) => `… and ${n} more`,
  },
  show: {
    ofGuild: '**Usage of this server**',
    ofMember: (member: string) => `**Usage of ${member}**`,
    windows: { day: 'Today', week: 'This week', month: 'This month', total: 'In total' },
    line: (name: string, figures: string) => `${name}: ${figures}`,
    whatCounts:
      'Reserved and held amounts are included; videos without a known price are counted, but not their cost.',
    month: (month: string, zone: string, figures: string) => `**${month}** (${zone}): ${figures}`,
    states: {
      settled: 'settled',
      reserved: 'reserved, under way',
      held: 'held, see `/usage holds`',
      released: 'released',
      'released (assumed)': 'released (assumed)',
    },
    members: '**Top members**',
    routes: '**By model**',
    noPicture: 'The chart could not be drawn this time.',
    pictureBusy: 'Without a chart, because too many are being drawn. Try again in a moment.',
  },
  chart: {
    spendByDay: 'Spend by day',
    videosByDay: 'Videos by day',
    members: 'Top members',
    routes: 'By model',
    settled: 'settled',
    open: 'reserved or held',
  },
  export: {
    done: (month: string, tasks: number) =>
      `${month}: ${tasks} ${tasks === 1 ? 'task' : 'tasks'}. Times are UTC; an empty amount is an unknown price, never zero.`,
    packed: 'Compressed with gzip because of its size.',
    tooLarge: (month: string) => `${month} has too many videos for one file.`,
    alreadyRunning: 'A file for this server is already being made. Try again when it is there.',
  },
  holds: {
    title: (n: number) => `**Held: ${n}.** They count as spent until you end them.`,
    none: 'Nothing is held.',
    how: 'End one with `/usage holds task:… do:…`',
    number: (id: string) => `provider's number ${id}`,
    noNumber: "provider's number unknown",
    askedAgain: 'being asked again',
    why: {
      'outcome-unknown': 'the answer to the create never came',
      'timed-out': 'not finished in time',
      'unknown-to-provider': 'the provider no longer knows it',
      restored: 'the database was restored from a copy; it may have been sent before',
      'route-removed': 'its model or provider was turned off',
      failed: 'the provider could not make it, and may have charged for it',
      'usage-doubted': 'the provider reports far more than was quoted',
    },
    taskMissing: 'Name the `task` as well; `/usage holds` lists them.',
    doMissing: 'Say with `do` what is to be done with this task.',
    amountMissing: 'Settling at an amount needs the `amount` as well, such as `0.90`.',
    amountUnreadable:
      'The `amount` must be a plain number with at most 6 decimals, such as `0.90`.',
    amountNotTaken: 'An `amount` goes only with "Settle at an amount"; nothing was done.',
    refusals: {
      noPriceList: (task: string) =>
        `The operator has set no price list, so no currency is known: task ${task} can only be released. Nothing was done.`,
      noQuote: (task: string, most: string) =>
        `Task ${task} has no quote. Settle it at an amount from 0 to ${most}, or release it. Nothing was done.`,
      unreadable: (currency: string) =>
        `The \`amount\` must be a plain number with at most 6 decimals, such as \`0.90\` or \`0.90 ${currency}\`. Nothing was done.`,
      otherCurrency: (currency: string) =>
        `The \`amount\` must be in ${currency}, the currency of the price list. Nothing was done.`,
      aboveQuote: (most: string, quote: string) =>
        `The \`amount\` must be from 0 to ${most}, ten times the quote of ${quote}. Nothing was done.`,
      aboveWithoutQuote: (task: string, most: string) =>
        `Task ${task} has no quote, so its \`amount\` must be from 0 to ${most}. Nothing was done.`,
    },
    inProgress: (task: string) =>
      `${task} is under way just now: its provider is being asked, or its caller told. Look again in a moment.`,
    notHeld: (task: string) =>
      `Task ${task} is not held here (any more); somebody may have ended it already. Nothing was done.`,
    nothingToAsk: (task: string) =>
      `The provider's number of task ${task} was never learnt, so there is nothing to ask for. Look into the provider's own records, then settle or release it.`,
    settled: (task: string, amount: string) => `Task ${task} is settled at ${amount}.`,
    released: (task: string) => `Task ${task} is released: it no longer counts in this server.`,
    asking: (task: string) =>
      `The provider is asked again for task ${task}. A result found is delivered to the channel and settled; until then it stays held.`,
  },
};

export type UsageMessages = typeof usageEn;
