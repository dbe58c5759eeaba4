import { ALL_SLOTS, slotOf } from '../slots.ts';

export const ACCOUNT_PREFIX = 'account:';

export const GUILD_ACCOUNT_PREFIX = `${ACCOUNT_PREFIX}guild:`;

export const guildAccountKey = (guildId: string): string => `${GUILD_ACCOUNT_PREFIX}${guildId}`;

/** Prefix of the accounts of all members of a guild. */
export const memberAccountPrefix = (guildId: string): string =>
  `${ACCOUNT_PREFIX}member:${guildId}:`;

export const memberAccountKey = (guildId: string, memberId: string): string =>
  `${memberAccountPrefix(guildId)}${memberId}`;

export const OPERATOR_ACCOUNT_KEY = `${ACCOUNT_PREFIX}operator`;

/** The slot whose guilds an account counts; `undefined` for the operator's over all guilds. */
export function slotOfAccount(key: string): number | undefined {
  const [, kind, of] = key.split(':');
  if (of === undefined) return undefined;
  return kind === 'operator' ? Number(of) : slotOf(of);
}

/**
 * The operator's accounts: one, or one for each slot, so that each is written by one process; a sum of
 * the operator's is the sum over all of them.
 */
export interface OperatorAccounts {
  /** The account that counts a guild's tasks. */
  keyOf(guildId: string): string;
  readonly keys: readonly string[];
}

export const ONE_OPERATOR_ACCOUNT: OperatorAccounts = {
  keyOf: () => OPERATOR_ACCOUNT_KEY,
  keys: [OPERATOR_ACCOUNT_KEY],
};

/** The account that counts the tasks of a slot's guilds. */
export const operatorAccountKey = (slot: number): string => `${OPERATOR_ACCOUNT_KEY}:${slot}`;

export const OPERATOR_ACCOUNTS_BY_SLOT: OperatorAccounts = {
  keyOf: (guildId) => operatorAccountKey(slotOf(guildId)),
  keys: [...ALL_SLOTS].map(operatorAccountKey),
};

/** Whether an account is one of the operator's. */
export function isOperatorAccount(key: string): boolean {
  return key === OPERATOR_ACCOUNT_KEY || key.startsWith(`${OPERATOR_ACCOUNT_KEY}:`);
}
