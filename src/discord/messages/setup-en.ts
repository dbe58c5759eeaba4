/** Texts of `/setup`, in English. */
export const setupEn = {
  description: 'Set limits for this server from a template',
  title:
    '**Set up limits for this server.** Choose a template; you enter the amounts next, and nothing changes before you confirm.',
  noPrices: "-# The operator has set no prices, so limits on cost aren't offered.",
  choose: 'Choose a template',
  templates: {
    small: 'A small community',
    artists: "An artists' server",
    money: 'Watch the money',
  },
  explained: {
    small: 'Some videos a day for each member, and a limit for the whole server',
    artists: 'The same, with more for members who have a certain role',
    money: 'Amounts for each member and the server, and a question before high prices',
  },
  fields: {
    everyone: 'Each member: videos a day',
    role: 'Role whose members may make more',
    roleLimit: 'Each member with that role: videos a day',
    everyoneCost: (currency: string) => `Each member: amount a month (${currency})`,
    serverCost: (currency: string) => `Whole server: amount a month (${currency})`,
    serverVideos: 'Whole server: videos a month',
    confirmAbove: (currency: string) => `Confirm prices above (${currency})`,
  },
  optional: 'Leave empty for no such limit',
  fault: (field: string, what: string) => `**${field}**: ${what}. Nothing was changed.`,
  roleMissing: 'choose a role, or leave its limit empty',
  nothing: 'Every field was empty, so there is nothing to set. Nothing was changed.',
  means: '**This is what it means:**',
  sentence: {
    everyone: (limit: string, window: string) => `Each member: at most ${limit} ${window}.`,
    role: (role: string, limit: string, window: string) =>
      `Each member with ${role}: at most ${limit} ${window}, instead of the limit for everyone.`,
    guild: (limit: string, window: string) =>
      `The whole server together: at most ${limit} ${window}.`,
    confirmAbove: (amount: string) => `Members confirm a price above ${amount} first.`,
  },
  zero: '0 = not allowed.',
  othersStay: 'Limits that are not listed here stay as they are (`/quota list`).',
  confirm: 'Set these limits',
};

export type SetupWords = typeof setupEn;
