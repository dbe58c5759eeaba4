/** Every text of `npm run holds` but the answers to its requests, which the bot words as well. */
export const holdsTexts = {
  usage: [
    'npm run holds                              lists the unconfirmed charges of all servers',
    'npm run holds -- settle TASK [AMOUNT]      resolves one: it was charged, at its quote or at this amount',
    'npm run holds -- release TASK              resolves one: it was not charged',
    'npm run holds -- restored                  before the first start of a restored snapshot: makes unconfirmed charges of what may have been sent since',
  ].join('\n'),
  failed: (cause: string) => `Not possible: ${cause}`,
  unknownCause: 'unknown cause',
  noStore: (path: string) => `there is no database at ${path}; check STORE_URL`,
  emptyStore: (path: string) => `the database at ${path} is empty; check STORE_URL`,
  olderStore: (path: string) =>
    `the database at ${path} was written by an older version; start the bot once, which migrates it`,
  otherStore: (path: string) =>
    `the database at ${path} was not written by this version of Clapper`,
  botRuns: 'a bot runs on this database; stop it first',

  list: {
    none: 'No unconfirmed charge counts against your budget.',
    head: (count: number) =>
      count === 1
        ? '1 unconfirmed charge counts against your budget until you resolve it:'
        : `${count} unconfirmed charges count against your budget until you resolve them:`,
    unpriced: (count: number) =>
      count === 1
        ? 'the first one has no quote: no budget knows what it cost'
        : `the first ${count} have no quote: no budget knows what they cost`,
    damaged: (taskId: string) => `${taskId} · its record is damaged; the bot quarantines it`,
    server: (id: string) => `server ${id}`,
    member: (id: string) => `member ${id}`,
    counts: (amount: string) => `counts ${amount}`,
    noQuote: 'no quote',
    providerTask: (id: string) => `provider’s number ${id}`,
    noProviderTask: 'provider’s number unknown',
    unresolved: 'not resolved by an admin',
    resolved: (money: string) => `resolved by an admin: ${money}`,
    why: {
      unknown: 'the provider never confirmed the request',
      timedOut: 'not finished in time',
      forgotten: 'the provider no longer knows it',
      routeRemoved: 'its model or provider was turned off',
      failed: 'the provider could not make it, and may have charged for it',
      restored: 'the database was restored from a copy; it may have been sent before',
      usage: 'the provider reports far more than was quoted',
      askedAgain: 'its provider is being asked again',
    },
  },

  request: {
    cancelled:
      'The bot did not answer in time. The request was cancelled; nothing was done. Check that the bot and this command have the same DATA_DIR and STORE_URL, and run as the same user.',
    unanswered:
      'The bot accepted the request but has not answered yet. It carries it out once; check with `npm run holds`.',
  },

  restored: {
    count: (count: number) =>
      count === 1
        ? '1 unconfirmed charge was added: it may have been sent after the snapshot was made.'
        : `${count} unconfirmed charges were added: they may have been sent after the snapshot was made.`,
    none: 'No unconfirmed charge was added: nothing was still to be sent.',
    incomplete: (since: string) => `What was spent after ${since} is not in the accounts.`,
  },
};
