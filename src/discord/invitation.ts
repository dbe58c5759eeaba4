/** View Channel, Send Messages (also in threads), Embed Links, Attach Files, Read Message History. */
const INVITE_PERMISSIONS = 274_878_024_704n;

/** The address that invites a bot, with the permissions that it needs and no others. */
export function invitationOf(applicationId: string): string {
  const permissions = `&permissions=${INVITE_PERMISSIONS}`;
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands${permissions}`;
}
