/** Every text of `npm run setup`, in the order in which it is shown. */
export const setupTexts = {
  yesNo: (question: string) => `${question} [y/N]`,
  replace: (file: string) =>
    `There is a ${file} here. Replace the settings asked for below, and keep its other lines?`,
  unchanged: 'Nothing was changed.',
  inputEnded: 'The input ended. Nothing was changed.',

  token: {
    ask: 'Bot token (https://discord.com/developers/applications, Bot, Reset Token):',
    malformed: 'That is no bot token: it has only letters, digits, dots, "-" and "_".',
    accepted: (name: string) => `Discord accepts it: the bot is called ${name}.`,
    refused: 'Discord refuses this token. Copy it again, or reset it for a new one.',
    unclear: (why: string) =>
      `Discord could not check it (${why}). Check the network, then enter it again.`,
  },

  guilds: {
    invite: (link: string) => `Invite the bot to your server:\n  ${link}`,
    none: 'The bot is in no server yet.',
    some: 'The bot is in these servers:',
    ask: 'Ids of the servers to serve, separated by commas (Enter: every server that invites the bot, at your cost):',
    malformed: (given: string) =>
      `No server ids: ${given}. Copy them in Discord (right-click a server, Copy Server ID).`,
    absent: (ids: string) => `The bot is not in ${ids}: invite it there with the link above.`,
    anyway: 'Serve them anyway?',
  },

  keys: {
    ask: (provider: string) => `API key of ${provider} (Enter: none):`,
    malformed: 'That is no key: a key is one word without quotation marks.',
    checked: (provider: string, text: string, advice: string | undefined) =>
      `${provider}: ${text}.${advice === undefined ? '' : ` ${advice}.`}`,
    badSetting: (name: string, problem: string) => `${name} ${problem}`,
    notAsked: { text: 'was not asked', advice: 'Try again' },
    anyway: 'Keep this key anyway?',
    none: 'At least one provider is needed: enter the key of one.',
    declared: (names: string) => `On by ROUTES_FILE, and not asked for here: ${names}.`,
  },

  prices: {
    keep: (file: string) => `${file} is there already and stays as it is.`,
    askCurrency: 'Currency of your prices, such as USD (Enter: no price list):',
    noCurrency: 'A currency has three letters, such as USD.',
    intro:
      'Enter the prices of your contracts. Enter alone leaves one out (unknown, never zero); "." ends the list.',
    ask: (model: string, currency: string, unit: string) => `${model}, ${currency} per ${unit}:`,
    units: { task: 'video', second: 'second', million_tokens: 'million tokens' },
    noAmount: 'Write an amount such as 0.35.',
  },

  written: (files: string) =>
    `Written: ${files}. Start the bot with "npm start"; "npm run doctor" checks the whole installation.`,
  both: (one: string, other: string) => `${one} and ${other}`,
};
