import type { DirectRequests } from '../rest/direct-requests.ts';
import type { RestClients } from '../rest/rest-clients.ts';

/** Reads one list with the bot token. `bucket`: the requests that share a rate limit. */
export type BotRequest = (route: `/${string}`, bucket: string) => Promise<unknown>;

/** A request may take longer than a click waits for it: its answer serves the next one. */
const REQUEST_LIMIT_MS = 10_000;

/**
 * Sends each request at once. discord.js's REST would send those of all servers one after the
 * other, so that one that hangs would delay them all.
 */
export function createBotRequest({
  direct,
  botAuthorization,
}: Pick<RestClients, 'botAuthorization'> & { readonly direct: DirectRequests }): BotRequest {
  return async (route, bucket) =>
    direct({
      method: 'GET',
      route,
      bucket,
      authorization: botAuthorization,
      limitMs: REQUEST_LIMIT_MS,
    });
}
