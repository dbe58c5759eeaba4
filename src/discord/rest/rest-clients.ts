import type { RESTOptions } from 'discord.js';
import { REST } from '../discord-js.ts';
import type { Connector } from '../../outbound/connector.ts';
import { createLibrarySender } from '../library-sender.ts';
import type { SendRequest } from '../library-sender.ts';
import { carefulDirectRequests, carefulRequests, watchedSends } from '../watched-requests.ts';
import type { RequestWatch } from '../watched-requests.ts';
import { createDirectRequests } from './direct-requests.ts';
import type { DirectRequests } from './direct-requests.ts';
import { API_VERSION, createDirectSender } from './direct-sender.ts';
import type { DirectSend } from './direct-sender.ts';
import { MAX_LIMIT_MS } from './rate-limits.ts';

/**
 * Time limit for a message without a file, in milliseconds: one that hangs must not delay the last
 * edit for long.
 */
export const MESSAGE_TIMEOUT_MS = 15_000;

/** Time limit for uploading a large file over a slow connection, in milliseconds. */
export const UPLOAD_TIMEOUT_MS = 300_000;

/**
 * Options that turn off features of discord.js's REST that could cause duplicates: no silent
 * retries (a slow post would be made four times), no sleeping through a 429 (the caller
 * decides), no rate limiter for routes that Discord does not limit.
 */
const CAREFUL = {
  version: API_VERSION,
  retries: 0,
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
} satisfies Partial<RESTOptions>;

export interface RestClients {
  /**
   * For answers to interactions and for messages with a file. discord.js would spend as much time on
   * them as the bot itself, and hold files in memory.
   */
  readonly direct: DirectRequests;
  /** For messages in a channel, and for lists. */
  readonly messages: REST;
  /**
   * The bot token as an explicit header: the library drops its token after the first 401, even if a
   * single channel route sent it by mistake.
   */
  readonly botAuthorization: string;
}

/** How requests are sent, by discord.js and directly. */
export interface RestSends {
  readonly byDiscordJs: SendRequest;
  readonly direct: DirectSend;
}

/** Sends requests as they are, over connections that `connect` opens, or the libraries without it. */
export function plainSends(apiUrl: string, connect?: Connector): RestSends {
  return {
    byDiscordJs: createLibrarySender(connect),
    direct: createDirectSender(apiUrl, connect),
  };
}

/** Sends requests by `sends` unless the address is banned, and watches their answers. */
export function carefulSends(sends: RestSends, watch: RequestWatch): RestSends {
  const { bans, now } = watch;
  const library = watchedSends(watch, sends.byDiscordJs);
  const direct = watchedSends(watch, sends.direct);
  return {
    byDiscordJs: carefulRequests({ bans, now, send: library }),
    direct: carefulDirectRequests({ bans, now, send: direct }),
  };
}

/** Creates the clients. Requests are sent by `sends`; by default without watching the answers. */
export function createRestClients(
  apiUrl: string,
  token: string,
  sends: RestSends = plainSends(apiUrl),
): RestClients {
  const messages: REST = new REST({
    ...CAREFUL,
    api: apiUrl,
    makeRequest: sends.byDiscordJs,
    timeout: MESSAGE_TIMEOUT_MS,
    rejectOnRateLimit({ timeToReset }) {
      // The library stores the end of a rate limit by the machine's clock. If that clock was set
      // back, the limit would last until it has caught up.
      if (timeToReset > MAX_LIMIT_MS) {
        messages.handlers.clear();
        messages.globalReset = -1;
      }
      return true;
    },
  });
  return {
    direct: createDirectRequests(sends.direct),
    messages,
    botAuthorization: `Bot ${token}`,
  };
}
