/** Notes under `/usage show`, in English. */
export const nearEn = {
  title: '**Near a limit**',
  line: (member: string, used: string, rule: string) => `${member}: ${used} used of ${rule}`,
  roles:
    "Limits by role are not part of this: the bot doesn't know who has which role here. A member's roles may allow more or less.",
  deleted:
    'Some details are missing because members had their data deleted with `/privacy delete`. What they used still counts.',
};

export type NearWords = typeof nearEn;
