/** Texts of `/quota`, in English; see `en.ts` for the rules of all texts. */
export const quotaEn = {
  description: 'Limits on videos here, and what is used of them',
  set: 'Set a limit; the same one again replaces it',
  clear: 'Remove a limit',
  list: 'All limits of this server',
  show: 'What is used and what is left',
  options: {
    measure: 'What is counted',
    window: 'Over which time; it follows the calendar of the server',
    limit: 'The most in that time: a whole number, or an amount such as 12.50 or $30; 0 forbids',
    for: 'Each member of the server, or the whole server together',
    role: 'Each member who has this role',
    member: 'This member alone',
    id: 'Id of a role or member that is gone, as /quota list shows it',
    whose: 'Whose; only admins see others',
  },
  subjects: { everyone: 'everyone (each member)', server: 'the whole server together' },
  measures: { videos: 'videos', seconds: 'seconds of video', cost: 'cost' },
  windows: { day: 'a day', week: 'a week', month: 'a month', total: 'in total' },
  needsManageServer: 'Only members with the permission **Manage Server** can do this.',
  oneSubject: (options: string) =>
    `Say whom it is for by exactly one of these options: ${options}. Nothing was changed.`,
  limitWhole:
    'Write a whole number, such as 20, with at most 20 digits; 0 forbids. Nothing was changed.',
  limitMoney:
    'Write an amount such as 12.50 or $30, with at most 20 digits before the point and 6 after it; 0 forbids. Nothing was changed.',
  idWrong: '`id` must be the number that `/quota list` shows. Nothing was changed.',
  tooMany: (most: number) =>
    `This server already has ${most} quotas, which is the most. Remove one first. Nothing was changed.`,
  isSet: (rule: string) => `Set: **${rule}**.`,
  isReplaced: (rule: string, was: string) => `Set: **${rule}** (until now ${was}).`,
  isSame: (rule: string) => `Nothing changed: **${rule}** stands already.`,
  isCleared: (rule: string) => `Removed: **${rule}**.`,
  noSuchRule: 'There is no such quota; `/quota list` shows those that stand. Nothing was changed.',
  forbids: 'A limit of 0 forbids `/video` to everybody whom it applies to.',
  noPrices:
    'The bot knows no prices here, so `/video` is refused to everybody whom this quota applies to, until the operator sets prices.',
  listTitle: 'Quotas of this server',
  listLine: (limit: string, window: string) => `${limit} ${window}`,
  listForbids: 'forbids',
  listNone: 'This server has no quotas: nothing limits `/video` but the bot itself.',
  precedence:
    "The server's quotas always apply, and all share them. Besides, for each measure: a member's own; else those of roles, of which one that lets it pass suffices; else everyone's.",
  more: (count: number) => (count === 1 ? '… and 1 more' : `… and ${count} more`),
  showTitle: 'Your quotas here',
  showTitleOf: (member: string) => `Quotas of ${member}`,
  showLine: (rule: string, used: string, left: string) => `**${rule}**: used ${used}, left ${left}`,
  showForbidden: (rule: string, used: string) => `**${rule}**: forbidden (used ${used})`,
  resets: (when: string) => `resets ${when}`,
  noReset: 'does not reset',
  anyRole: 'Where several roles limit the same, one that lets it pass suffices.',
  rolesUnknown:
    'Quotas of roles are shown for every role that has one; they count only where the member has the role.',
  showNone: 'No quota applies. Used so far:',
  sums: { day: 'today', week: 'this week', month: 'this month', total: 'in all' },
};

export type QuotaWords = typeof quotaEn;
