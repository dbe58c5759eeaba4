import type { Account } from '../protocol/panel.ts';
import type { Identity } from '../protocol/world.ts';
import { withoutContent } from './discord-requests.ts';
import type { LoggedRequest } from './discord-requests.ts';

/** Whether a person may see something, which may be for one person only. */
export function isFor({ personId }: Identity, { onlyFor }: { readonly onlyFor?: string }): boolean {
  return onlyFor === undefined || onlyFor === personId;
}

/** A request as a person may see it: without its content if it is another's. */
export function requestFor(as: Identity, logged: LoggedRequest): LoggedRequest['request'] {
  return isFor(as, logged) ? logged.request : withoutContent(logged.request);
}

/** Returns the accounts of the guilds and this person's own ones. */
export function accountsFor({ personId }: Identity, accounts: readonly Account[]): Account[] {
  return accounts.filter((one) => one.personId === undefined || one.personId === personId);
}
