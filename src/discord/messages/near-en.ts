/** Notes under `/usage show`, in English. */
export const nearEn = {
  title: '**Near a limit**',
  /** `figures`: what is used of how much. */
  line: (member: string, figures: string, window: string, _measure: string, whose: string) =>
    `${member} has used ${figures} ${window} (${whose})`,
  whose: { everyone: 'limit for each member', member: 'their own limit' },
  roles:
    "Limits by role are not part of this: the bot doesn't know who has which role here. A member's roles may allow more or less.",
  deleted:
    'Some details are missing because members had their data deleted with `/privacy delete`. What they used still counts.',
};

export type NearWords = typeof nearEn;
