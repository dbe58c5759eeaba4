/** Texts of `/quota`, in English; see `en.ts` for the rules of all texts. */
export const quotaEn = {
  description: 'Limits on videos here, and how much of them is used',
  set: 'Set a limit (replaces an existing one)',
  clear: 'Remove a limit',
  list: 'All limits of this server',
  show: 'How much is used and how much is left',
  options: {
    measure: 'What is counted',
    window: "Over which period, by the server's calendar",
    limit: 'The most per period: a whole number, or an amount such as $30; 0 = not allowed',
    role: 'Each member with this role',
    member: 'Only this member',
    id: 'Id of a deleted role or departed member, as shown by /quota list',
    whose: 'Whose limits; only admins can see those of others',
  },
  targets: {
    everyone: 'For each member of the server',
    server: 'For the whole server together',
    role: 'For each member who has a role',
    member: 'For one member only',
    id: 'For a role or member that no longer exists',
  },
  measures: { videos: 'videos', seconds: 'seconds of video', cost: 'cost' },
  windows: { day: 'a day', week: 'a week', month: 'a month', total: 'in total' },
  needsManageServer: 'Only members with the **Manage Server** permission can do this.',
  /** These three follow the name of an option or a field. */
  limitWhole: 'enter a whole number, such as 20, with at most 20 digits (0 = not allowed)',
  limitWholeOrCost:
    'enter a whole number, such as 20, with at most 20 digits (0 = not allowed). For an amount of money, choose `measure: cost`',
  limitMoney:
    'enter an amount such as 12.50 or $30, with at most 20 digits before the point and 6 after it (0 = not allowed)',
  idWrong: '`id` must be the number shown by `/quota list`. Nothing was changed.',
  tooMany: (most: number) =>
    `This server already has ${most} limits, and more are not possible. Remove one first. Nothing was changed.`,
  isSet: (rule: string) => `Limit set: **${rule}**.`,
  isReplaced: (rule: string, was: string) => `Limit changed to **${rule}** (was ${was}).`,
  isSame: (rule: string) => `This limit is already set: **${rule}**.`,
  isCleared: (rule: string) => `Limit removed: **${rule}**.`,
  noSuchRule: 'There is no such limit; `/quota list` shows all of them. Nothing was changed.',
  forbids: '0 = not allowed: everyone this limit applies to can no longer use `/video`.',
  noPrices:
    'The bot knows no prices here, so everyone this limit applies to is refused `/video` until the operator sets prices.',
  listTitle: 'Limits of this server',
  listLine: (limit: string, window: string) => `${limit} ${window}`,
  listForbids: 'not allowed',
  listNone: 'This server has no limits: only those of the bot itself apply to `/video`.',
  precedence:
    "The server's limits always apply and are shared by all. In addition, for each measure: a member's own limits; otherwise those of their roles, of which the most generous counts; otherwise the limits for everyone.",
  more: (count: number) => (count === 1 ? '… and 1 more' : `… and ${count} more`),
  showTitle: 'Your limits here',
  showTitleOf: (member: string) => `Limits of ${member}`,
  showLine: (rule: string, used: string, left: string, reset: string) =>
    `**${rule}**: ${used} used, ${left} left; ${reset}`,
  showForbidden: (rule: string, used: string) => `**${rule}**: not allowed (${used} used)`,
  resets: (when: string, relative: string) => `resets ${when} (${relative})`,
  noReset: 'does not reset',
  anyRole: 'If you have several roles, the most generous limit counts.',
  rolesUnknown:
    "Limits are shown for every role that has one; they count only if it is one of the member's roles.",
  showNone: 'No limit applies. Used so far:',
  sums: { day: 'today', week: 'this week', month: 'this month', total: 'in total' },
};

export type QuotaWords = typeof quotaEn;
