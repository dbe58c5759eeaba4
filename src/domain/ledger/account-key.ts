export const ACCOUNT_PREFIX = 'account:';

export const GUILD_ACCOUNT_PREFIX = `${ACCOUNT_PREFIX}guild:`;

export const guildAccountKey = (guildId: string): string => `${GUILD_ACCOUNT_PREFIX}${guildId}`;

/** Prefix of the accounts of all members of a guild. */
export const memberAccountPrefix = (guildId: string): string =>
  `${ACCOUNT_PREFIX}member:${guildId}:`;

export const memberAccountKey = (guildId: string, memberId: string): string =>
  `${memberAccountPrefix(guildId)}${memberId}`;

export const OPERATOR_ACCOUNT_KEY = `${ACCOUNT_PREFIX}operator`;
