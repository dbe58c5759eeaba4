/** Notes under `/usage show`, in English. */
export const nearEn = {
  title: '**Near a limit**',
  line: (member: string, used: string, rule: string) => `${member}: ${used} used of ${rule}`,
  roles: 'Limits of roles are not compared: one of their roles may allow more.',
  deleted:
    'Some details are missing because members had their data deleted with `/privacy delete`. What they used still counts.',
};

export type NearWords = typeof nearEn;
